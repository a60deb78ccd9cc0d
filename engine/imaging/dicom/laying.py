"""Frames laid beside each other in grids, those that lack a place never forced among the others."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.imaging.dicom.frame_axes import Frame
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt
from engine.imaging.volume import FrameKind

Grid = tuple[tuple[Slice, ...], ...]


@dataclass(frozen=True)
class Laid:
    """One grid: `grid[frame][z]`, what its frames are, and what tells it from others of the group, in words."""

    grid: Grid
    kind: FrameKind = "none"
    values: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def pictures_of(grid: Grid) -> list[Slice]:
    """Its pictures, frame after frame."""
    return [picture for frame in grid for picture in frame]


def laid(
    frames: Sequence[Frame],
    kind: FrameKind = "none",
    values: Sequence[float] = (),
    named: Sequence[str] = (),
    doubts: tuple[Doubt, ...] = (),
    *,
    lacks_said: bool = True,
) -> list[Laid]:
    """One grid of all frames that have the same places. `named` says what each frame is if it stands alone.

    `lacks_said` tells whether frames with fewer places than others are thought to lack them.
    """
    alike: dict[frozenset[int], list[int]] = defaultdict(list)
    for number, frame in enumerate(frames):
        alike[frozenset(frame)].append(number)
    grids = []
    for places, numbers in alike.items():
        lacks = tuple(_lacking(places, alike)) if lacks_said else ()
        grid = tuple(tuple(frames[number][level] for level in sorted(places)) for number in numbers)
        if len(numbers) == 1:
            words = tuple(word for word in named[numbers[0] : numbers[0] + 1] if word)
            grids.append(Laid(grid, words=words, doubts=(*doubts, *lacks)))
        else:
            told = tuple(values[number] for number in numbers) if values else ()
            grids.append(Laid(grid, kind, told, doubts=(*doubts, *lacks)))
    return grids


def _lacking(places: frozenset[int], alike: dict[frozenset[int], list[int]]) -> Iterator[Doubt]:
    more = max((len(other) for other in alike if places < other), default=0)
    fewer = sum(len(numbers) for other, numbers in alike.items() if other < places)
    if more:
        what = f"it lacks {more - len(places)} of the {more} slices that other frames of its series have"
        yield Doubt("missing", what, "fail")
    if fewer:
        every = sum(map(len, alike.values()))
        yield Doubt("missing", f"{fewer} of the {every} frames of its series lack slices and stand apart")
