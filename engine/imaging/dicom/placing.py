"""Where pictures lie in the body: directions, distances along the normal, affines. LPS becomes RAS here only."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.imaging.dicom.records import Slice, Vector
from engine.imaging.volume import Affine

Points = NDArray[np.float64]

UNKNOWN_MM = 1.0
_ACROSS: Vector = (1.0, 0.0, 0.0)
_DOWN: Vector = (0.0, 1.0, 0.0)
_LPS_TO_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])
_LARGEST_MM = 1e6
_STRAIGHT, _CLEARLY = 0.01, 0.75


def oriented(picture: Slice) -> bool:
    """Whether the file gives two directions, near unit length, that span a plane."""
    return picture.across is not None and picture.down is not None and _span(picture.across, picture.down)


def placed(picture: Slice) -> bool:
    """Whether the file says where in the body the picture lies."""
    return picture.position is not None and all(abs(mm) < _LARGEST_MM for mm in picture.position) and oriented(picture)


def directions(picture: Slice) -> Points:
    """Rows: the unit vectors across, down and along the normal in LPS; those of an axial picture if not given."""
    across, down = _ACROSS, _DOWN
    if oriented(picture) and picture.across is not None and picture.down is not None:
        across, down = picture.across, picture.down
    rows = np.array([across, down, _cross(across, down)])
    unit: Points = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def positions(pictures: Sequence[Slice]) -> Points:
    """The positions of placed pictures, one row each, LPS in mm."""
    return np.array([picture.position for picture in pictures], dtype=np.float64).reshape(-1, 3)


def pixel_size(picture: Slice) -> tuple[float, float]:
    """(between rows, between columns) in mm, 1 mm where the file does not say."""
    return (UNKNOWN_MM, UNKNOWN_MM) if not sized(picture) or picture.pixel_size is None else picture.pixel_size


def sized(picture: Slice) -> bool:
    """Whether the file gives a pixel size that a picture may have."""
    if picture.pixel_size is None:
        return False
    rows, columns = picture.pixel_size
    return 1e-6 < rows < _LARGEST_MM and 1e-6 < columns < _LARGEST_MM


def depth(picture: Slice, *, gap_first: bool) -> float | None:
    """What the file says of the distance between slices, or the thickness of one; None if neither can be."""
    said = (picture.gap, picture.thickness) if gap_first else (picture.thickness, picture.gap)
    return next((size for mm in said if (size := usable(mm)) is not None), None)


def usable(mm: float | None) -> float | None:
    """A length without its sign, None where it can be none."""
    return abs(mm) if mm is not None and 1e-6 < abs(mm) < _LARGEST_MM else None


def line_of(pictures: Sequence[Slice]) -> tuple[Points, Points]:
    """Where the first slice lies, and the step from one to the next, LPS in mm, for slices in order of position.

    From the first to the last; along the line that fits best where slices lie clearly nearer to that.
    """
    first = pictures[0]
    where = positions(pictures) if placed(first) else np.zeros((1, 3))
    if len(where) > 1 and (where[-1] != where[0]).any():
        chord = (where[0], (where[-1] - where[0]) / (len(where) - 1))
        fitted = _fitted(where)
        off, fitted_off = (np.abs(off_line(where, line)).max() for line in (chord, fitted))
        return fitted if off > _STRAIGHT * np.linalg.norm(chord[1]) and fitted_off < _CLEARLY * off else chord
    normal: Points = directions(first)[2]
    return where[0], normal * (depth(first, gap_first=len(pictures) > 1) or UNKNOWN_MM)


def off_line(where: Points, line: tuple[Points, Points]) -> Points:
    """How far each position lies off its place on the line, a row of LPS mm each."""
    begin, step = line
    off: Points = where - begin - np.arange(len(where))[:, None] * step
    return off


def _fitted(where: Points) -> tuple[Points, Points]:
    """The line of least squares."""
    numbers = np.arange(len(where)) - (len(where) - 1) / 2
    step = numbers @ where / float(numbers @ numbers)
    begin: Points = where.mean(axis=0) + numbers[0] * step
    return begin, step


def affine_of(pictures: Sequence[Slice]) -> Affine:
    """Voxel (x, y, z) to RAS+ mm, of one frame's slices in their order."""
    across, down, _ = directions(pictures[0])
    between_rows, between_columns = pixel_size(pictures[0])
    lps = np.eye(4)
    lps[:3, 0] = across * between_columns
    lps[:3, 1] = down * between_rows
    lps[:3, 3], lps[:3, 2] = line_of(pictures)
    return ras_from_lps(lps)


def ras_from_lps(lps: Affine) -> Affine:
    """The same placement, told in RAS+ instead of DICOM's LPS+."""
    ras: Affine = _LPS_TO_RAS @ lps + 0.0  # no negative zeros
    return ras


@lru_cache(maxsize=1024)
def _span(across: Vector, down: Vector) -> bool:
    if not all(0.5 < math.hypot(*direction) < 2 for direction in (across, down)):
        return False
    return math.hypot(*_cross(across, down)) > 0.1


def _cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
