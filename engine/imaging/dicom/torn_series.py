"""Series that were split though their pictures take turns along one stack, and why."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.imaging.dicom.grouping import kind_of
from engine.imaging.dicom.laying import Laid
from engine.imaging.dicom.placing import directions, pixel_size, placed, positions
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt

_PARALLEL, _SAME_WAY, _ALIKE = 0.94, 1e-3, 1e-3


def torn_doubts(laid: Laid, scans: Sequence[Laid]) -> Iterator[Doubt]:
    """Of one scan of a series, where the others are parts of the stack that it would be together with them."""
    for other in scans:
        why = "" if other is laid else _why(laid.grid[0], other.grid[0])
        if why:
            yield Doubt("mixed", f"its series was split, for its pictures take turns but differ in {why}")
            return


def _why(one: Sequence[Slice], other: Sequence[Slice]) -> str:
    """What keeps two parts that take turns from being one stack; empty where they do not, or nothing of that does."""
    first, second = one[0], other[0]
    if not (placed(first) and placed(second)) or kind_of(first) != kind_of(second) or first.made != second.made:
        return ""
    if not _take_turns(one, other):
        return ""
    if first.shape != second.shape:
        return "matrix size"
    if np.abs(np.subtract(pixel_size(first), pixel_size(second))).max() > _ALIKE * max(pixel_size(first)):
        return "pixel size"
    return "direction" if np.abs(directions(first) - directions(second)).max() > _SAME_WAY else ""


def _take_turns(one: Sequence[Slice], other: Sequence[Slice]) -> bool:
    """Whether each has slices between those of the other, all facing about the same way."""
    normal = directions(one[0])[2]
    if min(len(one), len(other)) < 2 or float(normal @ directions(other[0])[2]) < _PARALLEL:
        return False
    here, there = (positions(part) @ normal for part in (one, other))
    overlap = max(here.min(), there.min()) < min(here.max(), there.max())
    apart = float(np.abs(here[:, None] - there).min())
    return overlap and apart > 0.1 * float(np.diff(np.sort(here)).min())
