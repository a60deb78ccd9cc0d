"""What the audit keeps of a scan's pixels and header, so that each scan is read once."""

import hashlib
from dataclasses import dataclass, field

import numpy as np

from engine.audit.centre import centre_slice
from engine.audit.marks import has_frame, marked_cells
from engine.audit.thumbnail import PATCH, SIDE, Bytes, grey_range, middle, thumbnail
from engine.audit.wholeness import read_to_end, shortfall
from engine.cohort import Scan
from engine.errors import ReadError
from engine.imaging import OpenedScan, open_scan
from engine.imaging.volume import Array

_SCANNER = ("manufacturer", "model", "station")


@dataclass(frozen=True, eq=False)
class Signature:
    """The centre slice in short; `patch` is its middle at full size, `pixels` names its values, in any container.

    `failure` says why there is none. `whole` where the slice is all there is of the scan; `short` says which of its
    other pixels are not there; `cells` are marks in the margin.
    """

    thumb: Bytes = field(default_factory=lambda: np.zeros((SIDE, SIDE), np.uint8))
    patch: Bytes = field(default_factory=lambda: np.zeros((PATCH, PATCH), np.uint8))
    pixels: str = ""
    whole: bool = False
    failure: str = ""
    short: str = ""
    mean: float = 0.0
    spread: float = 0.0
    low: float = 0.0
    high: float = 0.0
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0)
    orientation: str = ""
    scanner: str = ""
    frame: bool = False
    cells: int = 0


def sign(scan: Scan) -> Signature:
    """Read a scan's header and centre slice, and see that its files are whole; raises nothing for any content."""
    try:
        opened = open_scan(scan.source)
        signed = _signed(opened, centre_slice(opened))
        read_to_end(opened)
    except ReadError as failure:
        return Signature(failure=failure.what)
    return signed


def _signed(opened: OpenedScan, plane: Array) -> Signature:
    header = opened.header
    low, high = grey_range(plane)
    finite = plane if plane.dtype.kind != "f" else np.nan_to_num(plane, posinf=0.0, neginf=0.0)
    words = (header.details.get(name, "") for name in _SCANNER)
    return Signature(
        thumb=thumbnail(plane, low, high),
        patch=middle(plane, low, high),
        pixels=_named(plane),
        short=shortfall(opened),
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
    )


def _named(plane: Array) -> str:
    """One name for equal values, of whatever type they are stored as."""
    values = np.ascontiguousarray(plane, np.float32)
    return hashlib.blake2b(values.tobytes(), digest_size=16, salt=str(plane.shape).encode()[:16]).hexdigest()
