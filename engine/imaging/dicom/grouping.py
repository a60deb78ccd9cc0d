"""Pictures that may lie in one grid: of one series, one kind, one matrix; then of one orientation and pixel size."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from engine.imaging.dicom.placing import directions, oriented, pixel_size, placed, positions, sized
from engine.imaging.dicom.records import DicomFile, Slice
from engine.imaging.dicom.stations import stations_of
from engine.imaging.header import Identity

Measure = tuple[float, ...]

PROJECTIONS = frozenset({"CR", "DX", "MG", "PX", "IO", "RG", "XA", "RF", "US", "IVUS", "ES", "XC", "GM", "OP", "SM"})
_COSINES, _RELATIVE_SIZE = 1e-3, 1e-3


def in_order(slices: Iterable[Slice]) -> list[Slice]:
    """By file, and by place in it: whatever comes in which order, everything after this sees one order."""
    return sorted(slices, key=lambda picture: (str(picture.file.path), picture.index, picture.tile or ()))


def groups_of(slices: Sequence[Slice]) -> Iterable[list[Slice]]:
    """By what their files say in words, each in the order of the slices given."""
    exact: dict[Hashable, list[Slice]] = defaultdict(list)
    for picture in slices:
        exact[_key(picture)].append(picture)
    return exact.values()


def parallel_in(group: list[Slice]) -> Iterator[list[Slice]]:
    """Those of a group that have one orientation, one pixel size, and lie above each other."""
    for flat in _near(group, _directions, _COSINES):
        for alike in _near(flat, _size, _RELATIVE_SIZE):
            yield from _by_station(alike)


def _key(picture: Slice) -> Hashable:
    file = picture.file
    return (
        *(patient_of(file), picture.made),
        *(file.study, file.series, file.series_number, file.frame_of_reference, file.modality, file.sop_class),
        *(kind_of(picture), picture.shape, picture.stack, placed(picture), oriented(picture)),
        *(sized(picture), file.encoding.samples, file.encoding.element),
        file.path if not file.series or (file.modality in PROJECTIONS and not placed(picture)) else None,
    )


def patient_of(file: DicomFile) -> tuple[str, ...]:
    """Whose picture it is: a number, else a name and a birth date; never to be shown."""
    who = file.identity or Identity()
    return (who.id,) if who.id else ("", who.name, who.birth_date)


def kind_of(picture: Slice) -> tuple[str, ...]:
    """What kind of picture it is, as DICOM's image type says, without the number of the echo."""
    return _kind(picture.image_type)


@lru_cache(maxsize=512)
def _kind(image_type: tuple[str, ...]) -> tuple[str, ...]:
    words = (word.strip().upper() for word in image_type)
    return tuple(word for word in words if not word.startswith("ECHO_"))


def _directions(picture: Slice) -> Measure:
    return (*(picture.across or ()), *(picture.down or ())) if oriented(picture) else ()


def _size(picture: Slice) -> Measure:
    rows, columns = pixel_size(picture)
    return (math.log(rows), math.log(columns))


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


def _by_station(slices: list[Slice]) -> Iterable[list[Slice]]:
    """Pictures side by side in one plane are places, not frames."""
    if not placed(slices[0]) or len(set(levels := levels_of(slices))) == len(slices):
        return [slices]
    parts: dict[int, list[Slice]] = defaultdict(list)
    for picture, station in zip(slices, stations_of(slices, levels), strict=True):
        parts[station].append(picture)
    return parts.values()
