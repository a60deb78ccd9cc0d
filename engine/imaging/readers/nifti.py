"""NIfTI-1 and NIfTI-2, plain (memory-mapped) or gzip-compressed."""

from pathlib import Path

from engine.imaging.header import ScanHeader
from engine.imaging.nifti.frames import frame_axis
from engine.imaging.nifti.header import NiftiHeader, read_header
from engine.imaging.nifti.placement import placement
from engine.imaging.nifti.stream import compressed
from engine.imaging.nifti.voxels import read_voxels
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Reader, readers
from engine.imaging.sidecar import read_sidecar
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.imaging.voxels import voxel_warnings
from engine.registry import Info


def inspect(path: Path) -> ScanHeader:
    """What the header and the side-car say; the certificate is `warn` where anything of it is doubtful."""
    with read_errors(path):
        return _described(path, read_header(path))


def read(path: Path) -> Volume:
    """The whole scan, a plain file memory-mapped and read-only."""
    with read_errors(path):
        header = read_header(path)
        told = _described(path, header)
        array = read_voxels(path, header)
        facts = Facts(told.format, told.modality, told.warnings + voxel_warnings(array))
        return Volume(array, told.affine, FrameAxis(told.frame_axis, told.frame_values), facts)


def _described(path: Path, header: NiftiHeader) -> ScanHeader:
    sidecar = read_sidecar(path, header.frames)
    affine, geometry = placement(header)
    axis, frames = frame_axis(header, sidecar)
    warnings = header.warnings + geometry + sidecar.warnings + frames + _length_warnings(path, header)
    _, z, y, x = header.shape
    return ScanHeader(
        path,
        "nifti",
        (x, y, z),
        affine,
        header.stored.newbyteorder("=").name,
        header.frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        certificate="warn" if warnings else "pass",
        warnings=warnings,
    )


def _length_warnings(path: Path, header: NiftiHeader) -> tuple[str, ...]:
    if compressed(path):
        return ()
    beyond = path.stat().st_size - header.offset - header.bytes
    return (f"{beyond} bytes follow the voxels that its header speaks of",) if beyond else ()


readers.register(
    Reader(
        Info("nifti", "NIfTI", "NIfTI-1 and NIfTI-2 images with up to four axes, one number per voxel."),
        (".nii", ".nii.gz"),
        inspect,
        read,
    )
)
