"""From a group of pictures to the grids in it: frames of slices, none stacked that do not belong together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.imaging.dicom.frame_axes import (
    B_VALUE,
    ECHO,
    FLIP_ANGLE,
    INVERSION,
    REPETITION,
    VOLTAGE,
    Axis,
    Cell,
    Frame,
    by_value,
    frames_by,
    ranked,
)
from engine.imaging.dicom.grouping import in_order, levels_of, parallel_in
from engine.imaging.dicom.laying import Laid, laid, pictures_of
from engine.imaging.dicom.moved_frames import moved_frames
from engine.imaging.dicom.placing import placed
from engine.imaging.dicom.records import Slice
from engine.imaging.dicom.slice_locations import CONTRADICTED, by_location
from engine.imaging.dicom.timeline import only_numbered, time_values, timeline, untold
from engine.imaging.dicom.unplaced import laid_by_number
from engine.imaging.doubt import Doubt


def laid_out(group: list[Slice]) -> list[Laid]:
    """The grids in a group; every picture lies in exactly one.

    Each grid is what its pictures alone would become, so that it can be put together again from its own files.
    """
    grids = [grid for pictures in parallel_in(group) for grid in _laid(pictures)]
    if len(grids) == 1:
        return grids
    return [_within(grid, again) for grid in grids for again in laid_out(in_order(pictures_of(grid.grid)))]


def _within(whole: Laid, part: Laid) -> Laid:
    doubts = dict.fromkeys((*whole.doubts, *part.doubts))
    return replace(part, words=(*whole.words, *part.words), doubts=tuple(doubts))


def _laid(pictures: list[Slice]) -> list[Laid]:
    if not placed(pictures[0]):
        return laid_by_number(pictures)
    cells = list(zip(levels_of(pictures), pictures, strict=True))
    if max(level for level, _ in cells) == 0 and (located := by_location(pictures)) is not None:
        return _doubted(_split(located), CONTRADICTED)
    moved = moved_frames(cells)
    if moved is None:
        return _split(cells)
    if moved.near:
        return _doubted(_split([cell for part in moved.parts for cell in part]), moved.said())
    grids = [grid for part in moved.parts for grid in _named(_split(part), _at_time(dict(part)))]
    return _doubted(grids, moved.said())


def _doubted(grids: list[Laid], doubt: Doubt) -> list[Laid]:
    return [replace(grid, doubts=(*grid.doubts, doubt)) for grid in grids]


def _named(grids: list[Laid], word: str) -> list[Laid]:
    return [replace(grid, words=(word, *grid.words)) if word else grid for grid in grids]


def _split(cells: list[Cell]) -> list[Laid]:
    repeated = len({level for level, _ in cells}) < len(cells)
    for axis in (ECHO, B_VALUE, INVERSION, REPETITION):
        parts = by_value(cells, axis.value)
        if len(parts) == 1 or (axis in (INVERSION, REPETITION) and not _varies_in_place(cells, axis)):
            continue
        if axis is B_VALUE:
            return _by_b_value(parts) if repeated else _divided(parts, axis)
        frames = frames_by(cells, axis.value)
        if frames is not None and _shared(frames):
            return _of_axis(frames, axis)
        frames = None if axis is ECHO else ranked(cells, axis.value)
        return _of_axis(frames, axis) if frames is not None else _divided(parts, axis)
    for axis in (FLIP_ANGLE, VOLTAGE):
        if repeated and _varies_in_place(cells, axis):
            return _divided(by_value(cells, axis.value), axis)
    return _over_time(cells) if repeated else laid([dict(cells)])


def _varies_in_place(cells: Sequence[Cell], axis: Axis) -> bool:
    told: dict[int, float | None] = {}
    return any(told.setdefault(level, axis.value(picture)) != axis.value(picture) for level, picture in cells)


def _shared(frames: Sequence[Frame]) -> bool:
    """Whether places have values in common; times that follow the heart differ from place to place."""
    places = {level for frame in frames for level in frame}
    return 2 * sum(map(len, frames)) >= len(frames) * len(places)


def _divided(parts: dict[float | None, list[Cell]], axis: Axis) -> list[Laid]:
    """What has one value each, still to be laid out."""
    return [Laid((tuple(picture for _, picture in part),), words=(axis.said(part[0][1]),)) for part in parts.values()]


def _of_axis(frames: list[Frame], axis: Axis, doubts: tuple[Doubt, ...] = ()) -> list[Laid]:
    told = [_told(frame, axis) for frame in frames]
    named = [axis.said(next(iter(frame.values()))) for frame in frames]
    values = tuple(value for value in told if value is not None)
    doubts = (*doubts, *_wandering(frames, axis))
    return laid(frames, axis.kind, values if len(values) == len(frames) else (), named, doubts)


def _told(frame: Frame, axis: Axis) -> float | None:
    values = [axis.value(picture) for picture in frame.values()]
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 6) if len(known) == len(values) else None


def _wandering(frames: Sequence[Frame], axis: Axis) -> list[Doubt]:
    told = ([axis.value(picture) or 0.0 for picture in frame.values()] for frame in frames)
    spread = max(max(values) - min(values) for values in told)
    if spread <= 1e-3:
        return []
    return [Doubt("frames", f"within a frame its {axis.kind} differs by up to {spread:.3g} {axis.unit}", "note")]


def _by_b_value(parts: dict[float | None, list[Cell]]) -> list[Laid]:
    """Frames of growing b-value, those of one b-value (its directions) in the order of time or of their file."""
    told = [(timeline(part), part) for part in parts.values()]
    frames = [frame for found, _ in told for frame in found.frames]
    unclear = [part for found, part in told if found.kind == "unknown" and not found.numbered and len(_files(part)) > 1]
    return _of_axis(frames, B_VALUE, tuple(map(_repeated, unclear)))


def _files(cells: Sequence[Cell]) -> set[Path]:
    return {picture.file.path for _, picture in cells}


def _over_time(cells: list[Cell]) -> list[Laid]:
    found = timeline(cells)
    if found.kind == "unknown":
        doubt = only_numbered(len(found.frames)) if found.numbered else _repeated(cells)
        return laid(found.frames, "unknown", doubts=(doubt,), lacks_said=found.numbered)
    return [_timed(grid) for grid in laid(found.frames, "time", named=[_at_time(frame) for frame in found.frames])]


def _at_time(frame: Frame) -> str:
    picture = next(iter(frame.values()))
    number = picture.temporal_position or picture.acquisition_number
    return "" if number is None else f"acquisition {number}"


def _timed(grid: Laid) -> Laid:
    if grid.kind != "time":
        return grid
    times = time_values([dict(enumerate(frame)) for frame in grid.grid])
    return replace(grid, values=times, doubts=grid.doubts if times else (*grid.doubts, untold(len(grid.grid))))


def _repeated(cells: Sequence[Cell]) -> Doubt:
    counts = Counter(level for level, _ in cells)
    more = sum(count > 1 for count in counts.values())
    return Doubt("duplicate", f"it shows {more} of its {len(counts)} places more than once, all else being equal")
