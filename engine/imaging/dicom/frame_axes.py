"""In which frame each picture lies, where several pictures show one place."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt
from engine.imaging.volume import FrameKind

Cell = tuple[int, Slice]
"""A picture and the level that it lies at."""
Frame = dict[int, Slice]
"""The pictures of one frame by level."""
Places = dict[int, list[Slice]]
"""The pictures at each level."""
Value = Callable[[Slice], float | None]

_DAY = 86_400.0
_MOSTLY = 2 / 3


@dataclass(frozen=True)
class Axis:
    """A quantity that may tell frames apart."""

    kind: FrameKind
    value: Value
    short: str = ""
    unit: str = "ms"

    def said(self, picture: Slice) -> str:
        """The value in words, for a title."""
        value = self.value(picture)
        return f"no {self.kind}" if value is None else f"{self.short} {value:g} {self.unit}"


ECHO = Axis("echo time", lambda picture: picture.echo_time, "TE")
INVERSION = Axis("inversion time", lambda picture: picture.inversion_time, "TI")
REPETITION = Axis("repetition time", lambda picture: picture.repetition_time, "TR")
B_VALUE = Axis("b-value", lambda picture: picture.b_value, "b", "s/mm²")


@dataclass(frozen=True)
class Timeline:
    """Frames in the order of time, or in the only order there is where `kind` is unknown."""

    kind: FrameKind
    frames: list[Frame]


def clock(slices: Sequence[Slice]) -> Value:
    """Seconds of acquisition that go on over midnight."""
    times = [picture.acquired for picture in slices if picture.acquired is not None]
    wraps = bool(times) and max(times) - min(times) > _DAY / 2

    def value(picture: Slice) -> float | None:
        if picture.acquired is None:
            return None
        return picture.acquired + (_DAY if wraps and picture.acquired < _DAY / 2 else 0.0)

    return value


def by_value(cells: Sequence[Cell], value: Value) -> dict[float | None, list[Cell]]:
    """The pictures of each value, in growing order; those without one come first."""
    parts: dict[float | None, list[Cell]] = defaultdict(list)
    for cell in cells:
        told = value(cell[1])
        parts[None if told is None else round(told, 4)].append(cell)
    return dict(sorted(parts.items(), key=lambda item: (item[0] is not None, item[0] or 0.0)))


def frames_by(cells: Sequence[Cell], value: Value) -> list[Frame] | None:
    """One frame per value; None where two pictures of one place have the same."""
    frames = [dict(part) for part in by_value(cells, value).values()]
    return frames if sum(map(len, frames)) == len(cells) else None


def ranked(cells: Sequence[Cell], value: Value) -> list[Frame] | None:
    """Frames by the rank of the value at each place; None where it repeats there, or places differ in number."""
    places = _at_places(cells)
    values = {level: [value(picture) for picture in there] for level, there in places.items()}
    count = len(next(iter(places.values())))
    if any(None in told or len(set(told)) != count or len(told) != count for told in values.values()):
        return None
    return _by_rank(places, lambda picture: (value(picture) or 0.0,))


def timeline(cells: Sequence[Cell]) -> Timeline:
    """The pictures as frames of time, by what in the files tells frames apart best."""
    places = _at_places(cells)
    if max(map(len, places.values())) == 1:
        return Timeline("time", [dict(cells)])
    frames = _timed(cells, places) or _numbered(cells, places)
    return Timeline("time", frames) if frames else Timeline("unknown", _by_rank(places, reading_order))


def time_values(frames: Sequence[Frame]) -> tuple[float, ...]:
    """The times of frames in ms from the first; empty where the files do not tell them."""
    every = [picture for frame in frames for picture in frame.values()]
    acquired = clock(every)
    for value, in_ms in ((lambda picture: picture.trigger_time, 1.0), (acquired, 1000.0)):
        if any(value(picture) is None for picture in every):
            continue
        first = [min(value(picture) or 0.0 for picture in frame.values()) for frame in frames]
        if all(one < next_one for one, next_one in itertools.pairwise(first)):
            return tuple(round((time - first[0]) * in_ms, 6) for time in first)
    return ()


def untold(count: int) -> Doubt:
    """Said of frames whose times are not given."""
    return Doubt("frames", f"the files do not give the times of its {count} frames", "note")


def reading_order(picture: Slice) -> tuple[float, ...]:
    """Temporal position, acquisition time, acquisition and instance number, those not given first."""
    told = (picture.temporal_position, picture.trigger_time, picture.acquired, picture.acquisition_number)
    return tuple(-1.0 if number is None else float(number) for number in (*told, picture.instance_number))


def _timed(cells: Sequence[Cell], places: Places) -> list[Frame] | None:
    """By what the files say of time: values that all places share, else their order at each place."""
    most = max(map(len, places.values()))
    triggered: Value = lambda picture: picture.trigger_time  # noqa: E731
    acquired = clock([picture for _, picture in cells])
    known = (lambda picture: picture.temporal_position, triggered, acquired, lambda picture: picture.acquisition_number)
    told = [frames for value in known if (frames := frames_by(cells, value)) is not None]
    whole = (frames for frames in told if all(len(frame) == len(places) for frame in frames))
    orders = (frames for value in (triggered, acquired) if (frames := ranked(cells, value)) is not None)
    few = sorted((frames for frames in told if len(frames) <= 2 * most), key=len)
    return next(itertools.chain(whole, orders, few), None)


def _numbered(cells: Sequence[Cell], places: Places) -> list[Frame] | None:
    """By instance numbers that run through one frame after the other, or through one place after the other."""
    numbers = [picture.instance_number for _, picture in cells if picture.instance_number is not None]
    if len(numbers) < len(cells):
        return None
    most, start = max(map(len, places.values())), min(numbers)
    start = 1 if 1 <= start <= len(places) else start
    by_frame = frames_by(cells, lambda picture: (picture.instance_number or 0) - start) and frames_by(
        cells, lambda picture: ((picture.instance_number or 0) - start) // len(places)
    )
    if by_frame and len(cells) >= _MOSTLY * len(by_frame) * len(places):
        return by_frame
    blocks = ({((picture.instance_number or 0) - start) // most for picture in there} for there in places.values())
    if any(len(block) > 1 for block in blocks):
        return None
    return frames_by(cells, lambda picture: ((picture.instance_number or 0) - start) % most)


def _at_places(cells: Sequence[Cell]) -> Places:
    places: dict[int, list[Slice]] = defaultdict(list)
    for level, picture in cells:
        places[level].append(picture)
    return places


def _by_rank(places: Places, key: Callable[[Slice], tuple[float, ...]]) -> list[Frame]:
    frames: list[Frame] = [{} for _ in range(max(map(len, places.values())))]
    for level, there in places.items():
        for frame, picture in zip(frames, sorted(there, key=key), strict=False):
            frame[level] = picture
    return frames
