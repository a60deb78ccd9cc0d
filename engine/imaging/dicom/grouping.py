"""Pictures that may lie in one grid: of one series, one kind, one matrix, one orientation, one pixel size."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

import numpy as np

from engine.imaging.dicom.placing import Points, directions, oriented, pixel_size, placed, positions, sized
from engine.imaging.dicom.records import Slice

Measure = tuple[float, ...]

PROJECTIONS = frozenset({"CR", "DX", "MG", "PX", "IO", "RG", "XA", "RF", "US", "IVUS", "ES", "XC", "GM", "OP", "SM"})
_COSINES, _RELATIVE_SIZE, _PIXELS = 1e-3, 1e-3, 0.5


def in_order(slices: Iterable[Slice]) -> list[Slice]:
    """By file, and by place in it: whatever comes in which order, everything after this sees one order."""
    return sorted(slices, key=lambda picture: (str(picture.file.path), picture.index, picture.tile or ()))


def without_copies(slices: Iterable[Slice]) -> tuple[list[Slice], dict[str, int]]:
    """Each picture once though files were copied, and how many pictures of a series were left out for that."""
    seen: set[Hashable] = set()
    kept: list[Slice] = []
    copies: dict[str, int] = defaultdict(int)
    for picture in slices:
        file = picture.file
        said = (file.sop_instance, file.series, file.series_number, file.encoding.syntax, *picture.shape)
        key = (*said, picture.index, picture.tile, picture.position)
        if file.sop_instance and key in seen:
            copies[file.series] += 1
            continue
        seen.add(key)
        kept.append(picture)
    return kept, copies


def groups_of(slices: Sequence[Slice]) -> Iterator[list[Slice]]:
    """The groups, each in the order of the slices given."""
    exact: dict[Hashable, list[Slice]] = defaultdict(list)
    for picture in slices:
        exact[_key(picture)].append(picture)
    for same in exact.values():
        for flat in _near(same, _directions, _COSINES):
            for sized_alike in _near(flat, _size, _RELATIVE_SIZE):
                yield from _stations(sized_alike)


def _key(picture: Slice) -> Hashable:
    file = picture.file
    return (
        *(file.study, file.series, file.series_number, file.frame_of_reference, file.modality, file.sop_class),
        *(kind_of(picture), picture.shape, picture.stack, placed(picture), oriented(picture)),
        *(sized(picture), file.encoding.samples, file.encoding.element),
        file.path if not file.series or (file.modality in PROJECTIONS and not placed(picture)) else None,
    )


def kind_of(picture: Slice) -> tuple[str, ...]:
    """What kind of picture it is, as DICOM's image type says, without the number of the echo."""
    words = (word.strip().upper() for word in picture.image_type)
    return tuple(word for word in words if not word.startswith("ECHO_"))


def _directions(picture: Slice) -> Measure:
    return (*(picture.across or ()), *(picture.down or ())) if oriented(picture) else ()


def _size(picture: Slice) -> Measure:
    rows, columns = pixel_size(picture)
    return (float(np.log(rows)), float(np.log(columns)))


def _near(slices: list[Slice], measure: Callable[[Slice], Measure], tolerance: float) -> Iterable[list[Slice]]:
    """Parted so that the measures in a part lie within the tolerance of one of them."""
    measures = [measure(picture) for picture in slices]
    if all(one == measures[0] for one in measures):
        return [slices]
    part_of = _parts(sorted(set(measures)), tolerance)
    parts: dict[int, list[Slice]] = defaultdict(list)
    for picture, measured in zip(slices, measures, strict=True):
        parts[part_of[measured]].append(picture)
    return parts.values()


def _parts(measures: list[Measure], tolerance: float) -> dict[Measure, int]:
    leaders = np.empty((len(measures), len(measures[0])))
    count = 0
    part_of: dict[Measure, int] = {}
    for measured in measures:
        near = np.flatnonzero((np.abs(leaders[:count] - measured) <= tolerance).all(axis=1))
        if len(near):
            part_of[measured] = int(near[0])
        else:
            leaders[count], part_of[measured] = measured, count
            count += 1
    return part_of


def levels_of(slices: Sequence[Slice]) -> list[int]:
    """Which of the distances along the normal each picture has, counted upwards from 0.

    Pictures without a position stand in the order given, all at a distance of their own.
    """
    if not placed(slices[0]):
        return list(range(len(slices)))
    along = positions(slices) @ directions(slices[0])[2]
    tolerance = float(np.clip(0.01 * min(pixel_size(slices[0])), 1e-4, 0.05))
    order = np.argsort(along, kind="stable")
    levels = np.empty(len(slices), dtype=np.intp)
    levels[order] = np.cumsum(np.diff(along[order], prepend=along[order[0]]) > tolerance)
    return [int(level) for level in levels]


def _stations(slices: list[Slice]) -> Iterable[list[Slice]]:
    """Pictures side by side in one plane are places, not frames."""
    if len(slices) < 2 or not placed(slices[0]):
        return [slices]
    pixel = min(pixel_size(slices[0]))
    beside = positions(slices) @ directions(slices[0])[:2].T
    low: dict[int, Points] = {}
    high: dict[int, Points] = {}
    for level, place in zip(levels_of(slices), beside, strict=True):
        low[level] = np.minimum(low.get(level, place), place)
        high[level] = np.maximum(high.get(level, place), place)
    if max(float((high[level] - low[level]).max()) for level in low) <= _PIXELS * pixel:
        return [slices]
    where = {id(picture): tuple(map(float, place)) for picture, place in zip(slices, beside, strict=True)}
    return _near(slices, lambda picture: where[id(picture)], _PIXELS * pixel)
