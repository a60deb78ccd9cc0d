"""The order of pictures of one place in time, as well as their files tell it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from engine.imaging.dicom.frame_axes import Cell, Frame, Places, at_places, by_rank, clock, frames_by, ranked
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt
from engine.imaging.volume import FrameKind

_MOSTLY = 2 / 3


@dataclass(frozen=True)
class Timeline:
    """Frames in the order of time, or in the only order there is where `kind` is unknown.

    `numbered` tells that the frames are those that the numbers of the pictures make, though these need not be times.
    """

    kind: FrameKind
    frames: list[Frame]
    numbered: bool = False


def timeline(cells: Sequence[Cell]) -> Timeline:
    """The pictures as frames of time, by what in the files tells frames apart best."""
    places = at_places(cells)
    if max(map(len, places.values())) == 1:
        return Timeline("time", [dict(cells)])
    frames = _timed(cells, places)
    if frames:
        return Timeline("time", frames)
    frames = _numbered(cells, places)
    if frames:
        return Timeline("time" if _repeats_in_time(cells) else "unknown", frames, numbered=True)
    return Timeline("unknown", by_rank(places, reading_order))


def time_values(frames: Sequence[Frame]) -> tuple[float, ...]:
    """The times of frames in ms from the first; empty where the files do not tell them."""
    every = [picture for frame in frames for picture in frame.values()]
    acquired = clock(every)
    for value, in_ms in ((_triggered, 1.0), (acquired, 1000.0), (_stepped, 1.0)):
        if any(value(picture) is None for picture in every):
            continue
        first = [min(value(picture) or 0.0 for picture in frame.values()) for frame in frames]
        if all(one < next_one for one, next_one in itertools.pairwise(first)):
            return tuple(round((time - first[0]) * in_ms, 6) for time in first)
    return ()


def untold(count: int) -> Doubt:
    """Said of frames whose times are not given."""
    return Doubt("frames", f"the files do not give the times of its {count} frames", "note")


def only_numbered(count: int) -> Doubt:
    """Said of frames that nothing but the numbers of their pictures tells apart."""
    return Doubt("frames", f"nothing but the numbers of its pictures tells its {count} frames apart")


def reading_order(picture: Slice) -> tuple[float, ...]:
    """Temporal position, times, acquisition and instance number, those not given first."""
    acquired = None if picture.acquired is None else picture.acquired + 86_400.0 * (picture.day or 0)
    told = (picture.temporal_position, picture.trigger_time, acquired, picture.created, picture.acquisition_number)
    return tuple(-1.0 if number is None else float(number) for number in (*told, picture.instance_number))


def _timed(cells: Sequence[Cell], places: Places) -> list[Frame] | None:
    """By what the files say of time: values that all places share, else their order at each place."""
    most = max(map(len, places.values()))
    acquired = clock([picture for _, picture in cells])
    known = (
        lambda picture: picture.temporal_position,
        _triggered,
        acquired,
        _created,
        lambda picture: picture.acquisition_number,
    )
    told = [frames for value in known if (frames := frames_by(cells, value)) is not None]
    whole = (frames for frames in told if all(len(frame) == len(places) for frame in frames))
    orders = (frames for value in (_triggered, acquired, _created) if (frames := ranked(cells, value)) is not None)
    few = sorted((frames for frames in told if len(frames) <= 2 * most), key=len)
    return next(itertools.chain(whole, orders, few), None)


def _numbered(cells: Sequence[Cell], places: Places) -> list[Frame] | None:
    """By instance numbers, where these run through all places alike or through one frame after the other."""
    numbers = [picture.instance_number for _, picture in cells if picture.instance_number is not None]
    if len(set(numbers)) < len(cells):
        return None
    if len({_offsets(there) for there in places.values()}) == 1:
        return by_rank(places, lambda picture: (_number(picture),))
    start = min(numbers)
    start = 1 if 1 <= start <= len(places) else start
    frames = frames_by(cells, lambda picture: (_number(picture) - start) // len(places))
    return frames if frames and len(cells) >= _MOSTLY * len(frames) * len(places) else None


def _offsets(pictures: Sequence[Slice]) -> tuple[int, ...]:
    """How far the numbers of one place's pictures lie above the first of them."""
    numbers = sorted(map(_number, pictures))
    return tuple(number - numbers[0] for number in numbers)


def _number(picture: Slice) -> int:
    return picture.instance_number or 0


def _triggered(picture: Slice) -> float | None:
    return picture.trigger_time


def _created(picture: Slice) -> float | None:
    return picture.created


def _stepped(picture: Slice) -> float | None:
    """In ms, of the temporal position where the time between these is given."""
    if picture.temporal_position is None or picture.temporal_step is None:
        return None
    return picture.temporal_position * picture.temporal_step


def _repeats_in_time(cells: Sequence[Cell]) -> bool:
    """Whether the files say that there are several positions in time."""
    return all((picture.temporal_count or 1) > 1 for _, picture in cells)
