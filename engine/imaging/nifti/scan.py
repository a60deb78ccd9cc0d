"""What a NIfTI image and its side-car say, as one scan."""

from pathlib import Path

from engine.imaging.header import ScanHeader
from engine.imaging.nifti.frames import frame_axis
from engine.imaging.nifti.header import NiftiHeader, describe
from engine.imaging.nifti.placement import placement
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.unplaced import stem_of


def described(source: ScanSource, header: NiftiHeader) -> ScanHeader:
    """The scan's header; the side-car lies beside the first of its files."""
    path: Path = source.files[0]
    sidecar = read_sidecar(path, header.frames)
    affine, geometry = placement(header, sidecar.affine)
    axis, frames = frame_axis(header, sidecar)
    _, z, y, x = header.shape
    return ScanHeader(
        source,
        "nifti",
        (x, y, z),
        affine,
        header.values.dtype.name,
        header.frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        slope_intercept=header.values.scaling,
        title=stem_of(path.name),
        details=describe(header),
        doubts=tuple(dict.fromkeys(header.doubts + geometry + sidecar.doubts + frames)),
        companions=sidecar.files,
        stored=header.values.stored.newbyteorder("=").name,
    )
