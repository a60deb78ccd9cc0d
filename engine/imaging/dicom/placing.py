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
    return next((abs(mm) for mm in said if mm is not None and 1e-6 < abs(mm) < _LARGEST_MM), None)


def step_between(pictures: Sequence[Slice]) -> Points:
    """From one slice to the next, LPS in mm, for slices in the order of their positions."""
    first, last = pictures[0], pictures[-1]
    if len(pictures) > 1 and placed(first):
        path: Points = positions([last])[0] - positions([first])[0]
        return path / (len(pictures) - 1)
    normal: Points = directions(first)[2]
    return normal * (depth(first, gap_first=len(pictures) > 1) or UNKNOWN_MM)


def affine_of(pictures: Sequence[Slice]) -> Affine:
    """Voxel (x, y, z) to RAS+ mm, of one frame's slices in their order."""
    across, down, _ = directions(pictures[0])
    between_rows, between_columns = pixel_size(pictures[0])
    lps = np.eye(4)
    lps[:3, 0] = across * between_columns
    lps[:3, 1] = down * between_rows
    lps[:3, 2] = step_between(pictures)
    if placed(pictures[0]):
        lps[:3, 3] = positions(pictures[:1])[0]
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
