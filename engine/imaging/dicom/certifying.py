"""Whether the geometry of a scan can be trusted: the doubts that its slices' places raise."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from engine.imaging.dicom.announcing import announced_doubts
from engine.imaging.dicom.placing import (
    Points,
    depth,
    directions,
    line_of,
    off_line,
    oriented,
    placed,
    positions,
    sized,
)
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt, Kind

_EVEN, _EVEN_MM, _USABLE = 0.01, 0.01, 0.1
_STRAIGHT_DEGREES, _ORTHONORMAL = 0.1, 1e-3
_LEANS, _NAMED = 2, 4
_NO_DEPTH = "the files do not give the distance between slices or their thickness; 1 mm is taken"


def geometry_doubts(slices: Sequence[Slice]) -> Iterator[Doubt]:
    """Of one frame's slices in their order."""
    first = slices[0]
    yield from _plane_doubts(first)
    if len(slices) == 1 or not placed(first):
        if depth(first, gap_first=len(slices) > 1) is None:
            yield Doubt(_depth_kind(first), _NO_DEPTH)
        return
    steps = np.diff(positions(slices), axis=0)
    if not steps.any():
        return
    missing = list(_missing(steps))
    yield from missing or _uneven(slices)
    if not missing:
        yield from announced_doubts(slices)
    yield from _shear_doubts(slices)


def _depth_kind(picture: Slice) -> Kind:
    """Where sizes within the slice are known, only those across slices are in doubt."""
    return "thickness" if sized(picture) and not picture.projected else "size"


def _plane_doubts(picture: Slice) -> Iterator[Doubt]:
    if not oriented(picture):
        yield Doubt("orientation", "its orientation is not given")
    elif not placed(picture):
        yield Doubt("orientation", "the positions of its slices are not given")
    elif _off_square(picture) > _ORTHONORMAL:
        yield Doubt("disagrees", "the directions of its rows and columns do not stand at right angles")
    if not sized(picture):
        yield Doubt("size", "the files give no usable pixel size; 1 mm is taken")
    elif picture.projected:
        yield Doubt("size", "its pixel size is that at the detector, on a film or on a screen, not in the body")


def _off_square(picture: Slice) -> float:
    given = np.array([picture.across, picture.down], dtype=np.float64)
    return float(np.abs(given @ given.T - np.eye(2)).max())


def _missing(steps: Points) -> Iterator[Doubt]:
    lengths = np.linalg.norm(steps, axis=1)
    usual = float(np.sort(lengths)[(len(lengths) - 1) // 2])
    gaps = lengths / max(usual, 1e-9)
    wide = np.flatnonzero(gaps > 1.5)
    if len(wide) and np.abs(gaps - np.round(gaps)).max() < _USABLE and gaps.max() < 1e6:
        count = int(np.round(gaps[wide] - 1).sum())
        where = ", ".join(str(gap + 1) for gap in wide[:_NAMED]) + (", ..." if len(wide) > _NAMED else "")
        what = "1 slice is" if count == 1 else f"{count} slices are"
        yield Doubt("missing", f"{what} missing (after slice {where} of {len(steps) + 1})", "fail")


def _uneven(slices: Sequence[Slice]) -> Iterator[Doubt]:
    """Where slices lie off the grid that the affine makes, or from one to the next are not the same distance."""
    where, line = positions(slices), line_of(slices)
    step = float(np.linalg.norm(line[1]))
    off, steps = off_line(where, line), np.diff(where, axis=0)
    furthest = float(np.linalg.norm(off, axis=1).max())
    worst = max(furthest, float(np.linalg.norm(steps - steps.mean(axis=0), axis=1).max()))
    if worst > max(_EVEN * step, _EVEN_MM):
        what = f"{_how_uneven(steps, off, line[1] / step)}; the furthest lies {furthest:.3g} mm off an even grid"
        yield Doubt("uneven", what, "fail" if worst > _USABLE * step else "warn")


def _how_uneven(steps: Points, off: Points, along: Points) -> str:
    ahead = off @ along
    aside = float(np.linalg.norm(off - np.outer(ahead, along), axis=1).max())
    if aside > np.abs(ahead).max():
        return f"its slices are shifted sideways by up to {aside:.3g} mm"
    lengths = np.linalg.norm(steps, axis=1)
    return f"the distances between slices vary from {lengths.min():.3g} to {lengths.max():.3g} mm"


def _shear_doubts(slices: Sequence[Slice]) -> Iterator[Doubt]:
    where, (begin, step) = positions(slices), line_of(slices)
    across = directions(slices[0])[:2]
    jitter = float(np.abs(off_line(where, (begin, step)) @ across.T).max())
    if float(np.abs(across @ step).max()) * (len(slices) - 1) <= _LEANS * jitter:
        return
    cosine = abs(float(step @ directions(slices[0])[2])) / max(float(np.linalg.norm(step)), 1e-9)
    degrees = math.degrees(math.acos(min(1.0, cosine)))
    if degrees > _STRAIGHT_DEGREES:
        yield Doubt("sheared", f"its slices are stacked at a slant of {degrees:.1f} degrees (gantry tilt)")
