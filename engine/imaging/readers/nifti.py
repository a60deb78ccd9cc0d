"""NIfTI-1 and NIfTI-2 in one file, plain (memory-mapped) or gzip-compressed."""

from collections.abc import Iterable
from pathlib import Path

from engine.imaging.header import ScanHeader
from engine.imaging.nifti.header import read_header
from engine.imaging.nifti.scan import described
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Reader, readers, surveyed_one_by_one
from engine.imaging.source import ScanSource
from engine.registry import Info

_SIZES = tuple(size.to_bytes(4, order) for size in (348, 540) for order in ("little", "big"))


def claims(head: bytes) -> bool:
    """Whether the header's size and magic are those of a NIfTI file with header and voxels in one."""
    return head[:4] in _SIZES and (head[344:347] == b"n+1" or head[4:7] == b"n+2")


def inspect(path: Path) -> Iterable[ScanHeader]:
    """What the header and the side-car say."""
    with read_errors(path):
        return [described(ScanSource("nifti", (path,)), read_header(path))]


def open_nifti(source: ScanSource) -> OpenedScan:
    """The scan, its voxels not yet read."""
    path = source.files[0]
    with read_errors(path):
        header = read_header(path)
        return header.block.scan(described(source, header))


readers.register(
    Reader(
        Info("nifti", "NIfTI", "NIfTI-1 and NIfTI-2 images; axes beyond the third are frames."),
        (".nii", ".nii.gz"),
        claims,
        surveyed_one_by_one(inspect),
        open_nifti,
    )
)
