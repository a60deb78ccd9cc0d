"""What a header may ask for: never more than the file can hold, and never more than can be handled."""

from pathlib import Path

from engine.errors import ReadError
from engine.imaging.dicom.raw_header import DEFLATED, RawHeader
from engine.imaging.dicom.records import Encoding
from engine.imaging.read_errors import DAMAGED

MOST_VOXELS = 2**31
MOST_FRAMES = 2**18
_INFLATION = 1032
# A compressed frame has at least an item's header; below eight bytes there is no sensible plain one either.
_LEAST_FRAME = 8
_ENOUGH = 0.1
HALVED = "YBR_FULL_422"  # two pixels share their colour


def check(path: Path, header: RawHeader, encoding: Encoding, rows: int, columns: int, frames: int) -> None:
    """ReadError where the picture cannot be what the header says; a file that lacks a part of its pixels may pass."""
    if rows < 1 or columns < 1 or frames < 1:
        raise ReadError(f"the header gives an impossible size: {columns} x {rows} x {frames}", path=path, hint=DAMAGED)
    if rows * columns * frames > MOST_VOXELS or frames > MOST_FRAMES:
        raise ReadError(f"the header asks for {columns} x {rows} x {frames} voxels", path=path, hint=DAMAGED)
    capacity = header.size * (_INFLATION if header.syntax == DEFLATED else 1)
    if frames > 1 and frames * _LEAST_FRAME > capacity:
        raise ReadError(f"the file is too small to hold its {frames} frames", path=path, hint=DAMAGED)
    if encoding.length >= 0:
        _check_plain(path, capacity, encoding, rows * columns * frames)


def lacking(header: RawHeader, encoding: Encoding, voxels: int) -> int:
    """How many bytes of its pixels a file is too short for, where they lie bare in it."""
    if encoding.length < 0 or encoding.offset <= 0:
        return 0
    there = min(max(0, header.size - encoding.offset), encoding.length)
    return max(0, _promised(encoding, voxels) - there)


def _promised(encoding: Encoding, voxels: int) -> int:
    samples = 2 if encoding.photometric == HALVED else encoding.samples
    return voxels * encoding.bits_allocated * samples // 8


def _check_plain(path: Path, capacity: int, encoding: Encoding, voxels: int) -> None:
    promised = _promised(encoding, voxels)
    there = min(max(0, capacity - encoding.offset), encoding.length)
    if there < promised * _ENOUGH:
        what = f"the file is cut short: it holds {there} of the {promised} bytes that its picture takes"
        raise ReadError(what, path=path, hint=DAMAGED)
