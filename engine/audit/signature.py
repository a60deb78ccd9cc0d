"""What the audit keeps of a scan's pixels and header, so that each scan is read once."""

import hashlib
from dataclasses import dataclass, field

import numpy as np

from engine.audit.centre import centre_slice
from engine.audit.marks import has_frame, marked_cells
from engine.audit.thumbnail import SIDE, Bytes, grey_range, thumbnail
from engine.cohort import Scan
from engine.errors import ReadError
from engine.imaging import OpenedScan, open_scan
from engine.imaging.volume import Array

_SCANNER = ("manufacturer", "model", "station")


@dataclass(frozen=True, eq=False)
class Signature:
    """The centre slice in short. `failure` says why there is none; `pixels` names its values, in any container.

    `whole` where the slice is all there is of the scan; `cells` are marks in the margin, `size` the first file's.
    """

    thumb: Bytes = field(default_factory=lambda: np.zeros((SIDE, SIDE), np.uint8))
    pixels: str = ""
    whole: bool = False
    failure: str = ""
    mean: float = 0.0
    spread: float = 0.0
    low: float = 0.0
    high: float = 0.0
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0)
    orientation: str = ""
    scanner: str = ""
    frame: bool = False
    cells: int = 0
    size: int = -1


def sign(scan: Scan) -> Signature:
    """Read a scan's header and centre slice; raises nothing for any file content."""
    try:
        opened = open_scan(scan.source)
        return _signed(opened, centre_slice(opened), size_of(scan))
    except ReadError as failure:
        return Signature(failure=failure.what, size=size_of(scan))


def size_of(scan: Scan) -> int:
    """The bytes of the scan's first file; -1 where it is not there."""
    try:
        return scan.source.files[0].stat().st_size
    except OSError:
        return -1


def _signed(opened: OpenedScan, plane: Array, size: int) -> Signature:
    header = opened.header
    low, high = grey_range(plane)
    finite = plane if plane.dtype.kind != "f" else np.nan_to_num(plane, posinf=0.0, neginf=0.0)
    words = (header.details.get(name, "") for name in _SCANNER)
    return Signature(
        thumb=thumbnail(plane, low, high),
        pixels=_named(plane),
        whole=header.shape[2] == 1 and header.frames == 1,
        mean=float(finite.mean(dtype=np.float64)),
        spread=float(finite.std(dtype=np.float64)),
        low=low,
        high=high,
        spacing=header.spacing,
        orientation=header.orientation,
        scanner=" ".join(word for word in words if word),
        frame=has_frame(plane, low, high),
        cells=marked_cells(plane, low, high),
        size=size,
    )


def _named(plane: Array) -> str:
    """One name for equal values, of whatever type they are stored as."""
    values = np.ascontiguousarray(plane, np.float32)
    return hashlib.blake2b(values.tobytes(), digest_size=16, salt=str(plane.shape).encode()[:16]).hexdigest()
