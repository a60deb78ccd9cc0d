"""Whether the geometry of a scan can be trusted: the doubts that its slices' places raise."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from engine.imaging.dicom.placing import (
    Points,
    depth,
    directions,
    oriented,
    placed,
    positions,
    sized,
    step_between,
)
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt

_EVEN, _EVEN_MM, _USABLE = 0.01, 0.01, 0.1
_STRAIGHT_DEGREES, _ORTHONORMAL = 0.1, 1e-3
_NAMED = 4


def geometry_doubts(slices: Sequence[Slice]) -> Iterator[Doubt]:
    """Of one frame's slices in their order."""
    first = slices[0]
    yield from _plane_doubts(first)
    if len(slices) == 1 or not placed(first):
        if depth(first, gap_first=len(slices) > 1) is None:
            yield Doubt("size", "the files do not give the distance between slices or their thickness; 1 mm is taken")
        return
    steps = np.diff(positions(slices), axis=0)
    yield from _spacing_doubts(steps)
    yield from _shear_doubts(slices)


def _plane_doubts(picture: Slice) -> Iterator[Doubt]:
    if not oriented(picture):
        yield Doubt("orientation", "its orientation is not given")
    elif not placed(picture):
        yield Doubt("orientation", "the positions of its slices are not given")
    elif _off_square(picture) > _ORTHONORMAL:
        yield Doubt("disagrees", "the directions of its rows and columns do not stand at right angles")
    if not sized(picture):
        yield Doubt("size", "its pixel size is not given; 1 mm is taken")


def _off_square(picture: Slice) -> float:
    given = np.array([picture.across, picture.down], dtype=np.float64)
    return float(np.abs(given @ given.T - np.eye(2)).max())


def _spacing_doubts(steps: Points) -> Iterator[Doubt]:
    lengths = np.linalg.norm(steps, axis=1)
    usual = float(np.sort(lengths)[(len(lengths) - 1) // 2])
    gaps = lengths / max(usual, 1e-9)
    wide = np.flatnonzero(gaps > 1.5)
    if len(wide) and np.abs(gaps - np.round(gaps)).max() < _USABLE and gaps.max() < 1e6:
        count = int(np.round(gaps[wide] - 1).sum())
        where = ", ".join(str(gap + 1) for gap in wide[:_NAMED]) + (", ..." if len(wide) > _NAMED else "")
        what = "1 slice is" if count == 1 else f"{count} slices are"
        yield Doubt("missing", f"{what} missing (after slice {where} of {len(steps) + 1})", "fail")
        return
    off = float(np.linalg.norm(steps - steps.mean(axis=0), axis=1).max())
    share = off / max(float(np.linalg.norm(steps.mean(axis=0))), 1e-9)
    if share > _EVEN and off > _EVEN_MM:
        what = f"the distances between slices vary from {lengths.min():.3g} to {lengths.max():.3g} mm"
        yield Doubt("uneven", what, "fail" if share > _USABLE else "warn")


def _shear_doubts(slices: Sequence[Slice]) -> Iterator[Doubt]:
    step = step_between(slices)
    cosine = abs(float(step @ directions(slices[0])[2])) / max(float(np.linalg.norm(step)), 1e-9)
    degrees = math.degrees(math.acos(min(1.0, cosine)))
    if degrees > _STRAIGHT_DEGREES:
        yield Doubt("sheared", f"its slices are stacked at a slant of {degrees:.1f} degrees (gantry tilt)")
