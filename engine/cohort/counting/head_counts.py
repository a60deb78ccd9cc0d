"""Head counts: patients and scans by class, source, part of a division, and role, in any of these at a time.

A patient with scans in two cells counts once in each, and once in their sum. What takes part in no run is counted
apart. No label, source or part is the empty text, and has a cell of its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.columns import natural
from engine.cohort.dividing.parts import PartOf, no_part, parts_in_order

Axis = Literal["label", "source", "part", "role"]
AXES: tuple[Axis, ...] = get_args(Axis)
Codes = NDArray[np.int64]
Cell = tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """`patients` have at least one scan here that may take part, `patients_out` have scans here, but none that may."""

    patients: int = 0
    scans: int = 0
    patients_out: int = 0
    scans_out: int = 0


@dataclass(frozen=True)
class Pivot:
    """Two axes against each other, with sums, which are no mere sums of cells. A cell nobody is in is left out."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Count]
    row_sums: Mapping[str, Count]
    column_sums: Mapping[str, Count]
    total: Count

    def cell(self, row: str, column: str) -> Count:
        """The count of a cell, which may be nothing."""
        return self.cells.get((row, column), Count())


@dataclass(frozen=True, eq=False)
class Heads:
    """A cohort ready to be counted: per scan the number of its patient and of its value on each axis.

    A patient without scans is there once, for nothing but itself.
    """

    values: Mapping[Axis, tuple[str, ...]]
    codes: Mapping[Axis, Codes]
    patient: Codes
    is_scan: NDArray[np.bool_]
    out: NDArray[np.bool_]

    @classmethod
    def of(cls, cohort: Cohort, column: str, part: PartOf = no_part) -> "Heads":
        """The heads by the classes of a label column, and by the parts of a division."""
        numbers: dict[Axis, dict[str, int]] = {axis: {} for axis in AXES}
        rows = [row for patient, place in _placed(cohort) for row in _rows(patient, place, column, part, numbers)]
        table = np.array(rows, np.int64).reshape(-1, len(AXES) + 3)
        given = {axis: table[:, place] for place, axis in enumerate(AXES)}
        order = _orders(cohort, column)
        sorted_values = {axis: _last_empty(order[axis](set(numbers[axis]) - {""}), numbers[axis]) for axis in AXES}
        codes = {axis: _renumbered(given[axis], numbers[axis], sorted_values[axis]) for axis in AXES}
        return cls(sorted_values, codes, table[:, -3], table[:, -2].astype(bool), table[:, -1].astype(bool))

    def counts(self, by: Sequence[Axis] = AXES) -> dict[Cell, Count]:
        """The cells that somebody is in, by their values on the axes, in order."""
        sizes = [max(1, len(self.values[axis])) for axis in by]
        keys = np.zeros(len(self.patient), np.int64)
        for axis, size in zip(by, sizes, strict=True):
            keys = keys * size + self.codes[axis]
        cells, place = np.unique(keys, return_inverse=True)
        counted = self._counted(place, len(cells))
        return {self._cell(int(key), by, sizes): count for key, count in zip(cells, counted, strict=True)}

    def pivot(self, rows: Axis, columns: Axis) -> Pivot:
        """One axis down, another across."""
        cells = cast("dict[tuple[str, str], Count]", self.counts((rows, columns)))
        return Pivot(
            self.values[rows],
            self.values[columns],
            cells,
            {cell[0]: count for cell, count in self.counts((rows,)).items()},
            {cell[0]: count for cell, count in self.counts((columns,)).items()},
            self.total,
        )

    @cached_property
    def total(self) -> Count:
        """Everybody."""
        return self.counts(()).get((), Count())

    def telling(self) -> list[Axis]:
        """The axes on which the cohort differs at all."""
        return [axis for axis in AXES if len(self.values[axis]) > 1]

    def _counted(self, place: Codes, cells: int) -> Iterator[Count]:
        there = self._patients(place, np.ones(len(place), bool), cells)
        taking_part = self._patients(place, self.is_scan & ~self.out, cells)
        scans = np.bincount(place[self.is_scan & ~self.out], minlength=cells)
        scans_out = np.bincount(place[self.is_scan & self.out], minlength=cells)
        for number in range(cells):
            patients = int(taking_part[number])
            yield Count(patients, int(scans[number]), int(there[number]) - patients, int(scans_out[number]))

    def _patients(self, place: Codes, chosen: NDArray[np.bool_], cells: int) -> Codes:
        """How many different patients are in each cell."""
        size = int(self.patient.max(initial=0)) + 1
        pairs = np.unique(place[chosen] * size + self.patient[chosen])
        return np.bincount(pairs // size, minlength=cells)

    def _cell(self, key: int, by: Sequence[Axis], sizes: Sequence[int]) -> Cell:
        found = []
        for axis, size in zip(reversed(by), reversed(sizes), strict=True):
            key, place = divmod(key, size)
            found.append(self.values[axis][place])
        return tuple(reversed(found))


def _placed(cohort: Cohort) -> Iterable[tuple[Patient, int]]:
    return ((patient, place) for place, patient in enumerate(cohort.patients))


def _rows(
    patient: Patient, place: int, column: str, part: PartOf, numbers: Mapping[Axis, dict[str, int]]
) -> Iterator[tuple[int, ...]]:
    """Per scan its value on each axis, its patient, whether it is a scan, and whether it takes part in nothing."""
    scans: Sequence[Scan | None] = patient.scans or (None,)
    for scan in scans:
        label = patient.labels.get(column, "") if scan is None else patient.label_of(scan, column)
        origin, role = ("", "") if scan is None else (scan.origin, scan.role)
        values = (label, origin, part(patient, scan), role)
        codes = (known.setdefault(value, len(known)) for known, value in zip(numbers.values(), values, strict=True))
        yield *codes, place, int(scan is not None), int(scan is not None and bool(scan.kept_out))


def _orders(cohort: Cohort, column: str) -> Mapping[Axis, Callable[[Collection[str]], list[str]]]:
    return {
        "label": cohort.column(column).ordered,
        "source": _in_natural_order,
        "part": parts_in_order,
        "role": _in_natural_order,
    }


def _in_natural_order(values: Collection[str]) -> list[str]:
    return sorted(values, key=natural)


def _last_empty(ordered: Sequence[str], known: Mapping[str, int]) -> tuple[str, ...]:
    return (*ordered, "") if "" in known else tuple(ordered)


def _renumbered(codes: Codes, known: Mapping[str, int], ordered: Sequence[str]) -> Codes:
    places = np.zeros(max(1, len(known)), np.int64)
    for place, value in enumerate(ordered):
        places[known[value]] = place
    return places[codes]
