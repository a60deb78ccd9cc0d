"""Frames that lie a little apart, as after correction for motion: told apart before places are."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.imaging.dicom.frame_axes import Cell, Value, by_value, clock
from engine.imaging.dicom.grouping import levels_of
from engine.imaging.dicom.placing import Points, depth, directions, positions
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt

_EVEN, _CLOSER, _NEAR = 0.1, 0.1, 0.5


@dataclass(frozen=True)
class MovedFrames:
    """`parts` are the frames, each with levels of its own that are counted alike; `moved` is how far in mm.

    `near` tells whether that is so little that they may lie in one grid.
    """

    parts: list[list[Cell]]
    moved: float
    near: bool

    def said(self) -> Doubt:
        """That the frames do not lie at one place."""
        what = f"frames of its series lie up to {self.moved:.3g} mm apart along the stack"
        if self.near:
            return Doubt("disagrees", f"{what}; the place of the first is taken")
        return Doubt("mixed", f"{what} and are kept as scans of their own", "note")


def moved_frames(cells: Sequence[Cell]) -> MovedFrames | None:
    """Frames of even slices that interlace, where something tells them apart; None where places do well."""
    whole = _heights(cells)
    for value in _told_by(cells):
        parts = [_by_itself(part) for part in by_value(cells, value).values()]
        heights = [_heights(part) for part in parts]
        counts = set(map(len, heights))
        if len(parts) > 1 and len(counts) == 1 and 1 < counts.pop() < len(whole) and _interlace(heights):
            step = _step(heights)
            if step is not None and _as_announced(step, whole, cells[0][1]):
                moved = float(np.abs(np.array(heights) - heights[0]).max())
                return MovedFrames(parts, moved, moved < _NEAR * step)
    return None


def _told_by(cells: Sequence[Cell]) -> Iterator[Value]:
    """What may tell frames apart, the surest first."""
    yield lambda picture: picture.temporal_position
    yield lambda picture: picture.acquisition_number
    yield lambda picture: picture.b_value
    yield lambda picture: picture.trigger_time
    yield clock([picture for _, picture in cells])


def _by_itself(part: Sequence[Cell]) -> list[Cell]:
    pictures = [picture for _, picture in part]
    return list(zip(levels_of(pictures), pictures, strict=True))


def _heights(cells: Sequence[Cell]) -> Points:
    """How far along the normal each level lies, of placed pictures."""
    levels = np.array([level for level, _ in cells])
    along = positions([picture for _, picture in cells]) @ directions(cells[0][1])[2]
    _, numbers = np.unique(levels, return_inverse=True)
    heights: Points = np.bincount(numbers, along) / np.bincount(numbers)
    return heights


def _interlace(heights: Sequence[Points]) -> bool:
    """Whether they share a stretch, unlike slabs that follow each other."""
    return bool(max(part.min() for part in heights) < min(part.max() for part in heights))


def _step(heights: Sequence[Points]) -> float | None:
    """The distance between slices that all frames have."""
    steps = np.concatenate([np.diff(part) for part in heights])
    usual = float(np.median(steps))
    return usual if float(np.ptp(steps)) <= _EVEN * usual else None


def _as_announced(step: float, whole: Points, picture: Slice) -> bool:
    """Whether the files speak for that step rather than for the one that all pictures together have."""
    together, announced = _step([whole]), depth(picture, gap_first=True)
    if announced is None:
        return together is None
    nearest = float(np.median(np.diff(whole))) if together is None else together
    return abs(math.log(step / announced)) + _CLOSER < abs(math.log(nearest / announced))
