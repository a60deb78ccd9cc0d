"""From a group of pictures to the grids in it: frames of slices, none stacked that do not belong together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.imaging.dicom.frame_axes import (
    B_VALUE,
    ECHO,
    INVERSION,
    REPETITION,
    Axis,
    Cell,
    Frame,
    Timeline,
    by_value,
    frames_by,
    ranked,
    time_values,
    timeline,
    untold,
)
from engine.imaging.dicom.grouping import PROJECTIONS, levels_of
from engine.imaging.dicom.placing import placed
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


def laid_out(group: Sequence[Slice]) -> list[Laid]:
    """The grids in a group; every picture lies in exactly one."""
    if not placed(group[0]):
        return _unplaced(group)
    return _split(list(zip(levels_of(group), group, strict=True)))


def _unplaced(group: Sequence[Slice]) -> list[Laid]:
    """Pictures that nobody knows the place of: by their numbers, where these tell them apart."""
    files: dict[int, list[Slice]] = defaultdict(list)
    for picture in group:
        files[id(picture.file)].append(picture)
    if len(files) > 1 and len({_number(pictures[0]) for pictures in files.values()}) < len(files):
        return [_in_numbers(pictures) for pictures in files.values()]
    return [_in_numbers(group)]


def _number(picture: Slice) -> int:
    return picture.instance_number or 0


def _in_numbers(group: Sequence[Slice]) -> Laid:
    pictures = sorted(group, key=lambda picture: (_number(picture), picture.index, picture.tile or ()))
    if len(pictures) == 1 or pictures[0].file.modality not in PROJECTIONS:
        return Laid((tuple(pictures),))
    times = time_values([{0: picture} for picture in pictures])
    doubts = () if times else (untold(len(pictures)),)
    return Laid(tuple((picture,) for picture in pictures), "time", times, doubts=doubts)


def _split(cells: list[Cell]) -> list[Laid]:
    repeated = len({level for level, _ in cells}) < len(cells)
    for axis in (ECHO, B_VALUE, INVERSION, REPETITION):
        parts = by_value(cells, axis.value)
        if len(parts) == 1 or (axis in (INVERSION, REPETITION) and not _varies_in_place(cells, axis)):
            continue
        if axis is B_VALUE:
            return _by_b_value(parts) if repeated else _divided(parts, axis)
        frames = frames_by(cells, axis.value)
        if frames is not None and _few(frames):
            return _of_axis(frames, axis)
        frames = None if axis is ECHO else ranked(cells, axis.value)
        return _of_axis(frames, axis) if frames is not None else _divided(parts, axis)
    return _over_time(cells) if repeated else _assembled([dict(cells)])


def _varies_in_place(cells: Sequence[Cell], axis: Axis) -> bool:
    told: dict[int, float | None] = {}
    return any(told.setdefault(level, axis.value(picture)) != axis.value(picture) for level, picture in cells)


def _few(frames: Sequence[Frame]) -> bool:
    """Values that hardly two places share, as times that follow the heart, do not tell frames."""
    places = {level for frame in frames for level in frame}
    return 2 * sum(map(len, frames)) >= len(frames) * len(places)


def _divided(parts: dict[float | None, list[Cell]], axis: Axis) -> list[Laid]:
    grids = []
    for part in parts.values():
        said = axis.said(part[0][1])
        grids += [replace(laid, words=(said, *laid.words)) for laid in _split(part)]
    return grids


def _of_axis(frames: list[Frame], axis: Axis) -> list[Laid]:
    told = [_told(frame, axis) for frame in frames]
    named = [axis.said(next(iter(frame.values()))) for frame in frames]
    values = tuple(value for value in told if value is not None)
    doubts = tuple(_wandering(frames, axis))
    return _assembled(frames, axis.kind, values if len(values) == len(frames) else (), named, doubts)


def _told(frame: Frame, axis: Axis) -> float | None:
    values = [axis.value(picture) for picture in frame.values()]
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 6) if len(known) == len(values) else None


def _wandering(frames: Sequence[Frame], axis: Axis) -> list[Doubt]:
    spread = max(_spread([axis.value(picture) or 0.0 for picture in frame.values()]) for frame in frames)
    if spread <= 1e-3:
        return []
    return [Doubt("frames", f"within a frame its {axis.kind} differs by up to {spread:.3g} {axis.unit}", "note")]


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _by_b_value(parts: dict[float | None, list[Cell]]) -> list[Laid]:
    """Frames of growing b-value, those of one b-value (its directions) in the order of time."""
    frames, values = [], []
    for part in parts.values():
        told = timeline(part).frames
        frames += told
        values += [B_VALUE.value(part[0][1])] * len(told)
    known = tuple(value for value in values if value is not None)
    named = [B_VALUE.said(next(iter(frame.values()))) for frame in frames]
    return _assembled(frames, "b-value", known if len(known) == len(values) else (), named)


def _over_time(cells: list[Cell]) -> list[Laid]:
    found: Timeline = timeline(cells)
    if found.kind == "unknown":
        doubt = Doubt("duplicate", f"{_repeats(cells)} of its places are shown more than once, all else being equal")
        return _assembled(found.frames, "unknown", doubts=(doubt,))
    named = [_at_time(frame) for frame in found.frames]
    grids = _assembled(found.frames, "time", named=named)
    return [_timed(grid) for grid in grids]


def _at_time(frame: Frame) -> str:
    picture = next(iter(frame.values()))
    number = picture.temporal_position or picture.acquisition_number
    return "" if number is None else f"acquisition {number}"


def _timed(laid: Laid) -> Laid:
    if laid.kind != "time":
        return laid
    times = time_values([dict(enumerate(frame)) for frame in laid.grid])
    return replace(laid, values=times, doubts=laid.doubts if times else (*laid.doubts, untold(len(laid.grid))))


def _repeats(cells: Sequence[Cell]) -> int:
    counts: dict[int, int] = defaultdict(int)
    for level, _ in cells:
        counts[level] += 1
    return sum(count > 1 for count in counts.values())


def _assembled(
    frames: list[Frame],
    kind: FrameKind = "none",
    values: tuple[float, ...] = (),
    named: Sequence[str] = (),
    doubts: tuple[Doubt, ...] = (),
) -> list[Laid]:
    """One grid of all frames that have the same places; a frame that lacks some is not forced among the others."""
    alike: dict[frozenset[int], list[int]] = defaultdict(list)
    for number, frame in enumerate(frames):
        alike[frozenset(frame)].append(number)
    grids = []
    for places, numbers in alike.items():
        grid = tuple(tuple(frames[number][level] for level in sorted(places)) for number in numbers)
        told = tuple(values[number] for number in numbers) if values else ()
        single = len(numbers) == 1
        words = tuple(word for number in numbers if (word := named[number])) if named and single else ()
        lacks = () if kind == "unknown" else tuple(_lacking(places, alike))
        grids.append(Laid(grid, "none" if single else kind, () if single else told, words, (*doubts, *lacks)))
    return grids


def _lacking(places: frozenset[int], alike: dict[frozenset[int], list[int]]) -> list[Doubt]:
    more = max((len(other) for other in alike if places < other), default=0)
    fewer = sum(len(numbers) for other, numbers in alike.items() if other < places)
    doubts = []
    if more:
        what = f"{more - len(places)} of {more} slices are missing that other frames of its series have"
        doubts.append(Doubt("missing", what, "fail"))
    if fewer:
        doubts.append(Doubt("missing", f"{fewer} frames of its series lack slices and stand apart"))
    return doubts
