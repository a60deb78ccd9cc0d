"""FreeSurfer's MGH images, plain (memory-mapped) or gzip-compressed (`.mgz`)."""

from collections.abc import Iterable
from pathlib import Path

from engine.imaging.header import ScanHeader
from engine.imaging.mgh.header import MghHeader, looks_like_mgh, read_header
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Reader, readers, surveyed_one_by_one
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.unplaced import frames_told, stem_of
from engine.registry import Info


def inspect(path: Path) -> Iterable[ScanHeader]:
    """What the header and the side-car say."""
    with read_errors(path):
        return [_described(path, read_header(path))]


def open_mgh(source: ScanSource) -> OpenedScan:
    """The scan, its voxels not yet read."""
    path = source.files[0]
    with read_errors(path):
        header = read_header(path)
        return header.block.scan(_described(path, header))


def _described(path: Path, header: MghHeader) -> ScanHeader:
    frames, z, y, x = header.block.shape
    sidecar = read_sidecar(path, frames)
    axis, unsure = frames_told(frames, sidecar)
    return ScanHeader(
        ScanSource("mgh", (path,)),
        "mgh",
        (x, y, z),
        header.affine,
        header.block.values.dtype.name,
        frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        title=stem_of(path.name),
        details={"stored as": header.block.values.stored.name},
        doubts=header.doubts + sidecar.doubts + unsure,
        companions=sidecar.files,
    )


readers.register(
    Reader(
        Info("mgh", "FreeSurfer MGH", "FreeSurfer's images, .mgh and compressed .mgz."),
        (".mgh", ".mgz", ".mgh.gz"),
        looks_like_mgh,
        surveyed_one_by_one(inspect),
        open_mgh,
    )
)
