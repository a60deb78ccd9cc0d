"""In which frame each picture lies, where several pictures show one place."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.imaging.dicom.records import Slice
from engine.imaging.volume import FrameKind

Cell = tuple[int, Slice]
"""A picture and the level that it lies at."""
Frame = dict[int, Slice]
"""The pictures of one frame by level."""
Places = dict[int, list[Slice]]
"""The pictures at each level."""
Value = Callable[[Slice], float | None]

_DAY = 86_400.0


def _detail(name: str) -> Value:
    def value(picture: Slice) -> float | None:
        told = picture.file.details.get(name, "")
        return float(told) if told.replace(".", "", 1).isdecimal() else None

    return value


def _flip_angle(picture: Slice) -> float | None:
    return _detail("flip angle (degrees)")(picture) if picture.flip_angle is None else picture.flip_angle


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
        return f"no {self.short}" if value is None else f"{self.short} {value:g} {self.unit}"


ECHO = Axis("echo time", lambda picture: picture.echo_time, "TE")
INVERSION = Axis("inversion time", lambda picture: picture.inversion_time, "TI")
REPETITION = Axis("repetition time", lambda picture: picture.repetition_time, "TR")
B_VALUE = Axis("b-value", lambda picture: picture.b_value, "b", "s/mm²")
FLIP_ANGLE = Axis("unknown", _flip_angle, "flip angle", "degrees")
VOLTAGE = Axis("unknown", _detail("kvp"), "tube", "kV")


def clock(slices: Sequence[Slice]) -> Value:
    """Seconds of acquisition that go on over midnight, told by the day where the files give it."""
    times = [picture.acquired for picture in slices if picture.acquired is not None]
    days = [picture.day for picture in slices if picture.acquired is not None and picture.day is not None]
    dated = bool(days) and len(days) == len(times) and len(set(days)) > 1
    wraps = not dated and bool(times) and max(times) - min(times) > _DAY / 2

    def value(picture: Slice) -> float | None:
        if picture.acquired is None:
            return None
        if dated:
            return picture.acquired + ((picture.day or 0) - min(days)) * _DAY
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
    places = at_places(cells)
    values = {level: [value(picture) for picture in there] for level, there in places.items()}
    count = len(next(iter(places.values())))
    if any(None in told or len(set(told)) != count or len(told) != count for told in values.values()):
        return None
    return by_rank(places, lambda picture: (value(picture) or 0.0,))


def at_places(cells: Sequence[Cell]) -> Places:
    """The pictures gathered by their levels."""
    places: dict[int, list[Slice]] = defaultdict(list)
    for level, picture in cells:
        places[level].append(picture)
    return places


def by_rank(places: Places, key: Callable[[Slice], tuple[float, ...]]) -> list[Frame]:
    """The first of each place, then the second of each, ..."""
    frames: list[Frame] = [{} for _ in range(max(map(len, places.values())))]
    for level, there in places.items():
        for frame, picture in zip(frames, sorted(there, key=key), strict=False):
            frame[level] = picture
    return frames
