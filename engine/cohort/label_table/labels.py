"""What the label table that comes with a folder of scans says: a row per patient, per visit or per file."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from pathlib import Path

from engine.cohort.intake.plan import ColumnUse
from engine.errors import CohortError

_ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
SURE_STEMS = ("labels", "participants")
_STEMS = (*SURE_STEMS, "clinical", "patients", "metadata", "oasis_cross-sectional")
OWNER = " patient"
NAMES = tuple(stem + ending for stem, ending in product(_STEMS, _ENDINGS))


@dataclass(frozen=True)
class LabelRow:
    """What the table says of one patient, visit or file; in `clashes` it says several things, which are left out.

    `file` is the file it names, as the table writes it.
    """

    labels: dict[str, str] = field(default_factory=dict)
    covariates: dict[str, str] = field(default_factory=dict)
    patient: str = ""
    role: str = ""
    clashes: tuple[str, ...] = ()
    visit: str = ""
    file: str = field(default="", compare=False)


@dataclass(frozen=True)
class LabelTable:
    """Rows by the name of the patient or file they speak of, without its folders; `listed` are all, one by one.

    `uses` tells what its columns were taken for.
    """

    rows: dict[str, LabelRow] = field(default_factory=dict)
    path: Path | None = None
    listed: tuple[LabelRow, ...] = field(default=(), repr=False)
    uses: Mapping[str, ColumnUse] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set, repr=False, compare=False)

    def row(self, *names: str) -> LabelRow:
        """The row of the first name the table knows, several as one; an empty row otherwise.

        Spreadsheets drop zeros: `7` is `007` where neither that nor another such number is in the table.
        """
        known = next((name for name in map(composed, names) if name in self.rows), None)
        known = known or next((same for name in names if (same := self._numbers.get(_number(name)))), None)
        if known is None:
            return LabelRow()
        self._asked.add(known)
        return self.rows[known]

    @cached_property
    def _numbers(self) -> dict[int, str]:
        """The names that are numbers, by their value, if one has it."""
        named: dict[int, list[str]] = defaultdict(list)
        for name in self.rows:
            named[_number(name)].append(name)
        return {value: same[0] for value, same in named.items() if value >= 0 and len(same) == 1}

    @property
    def unused(self) -> int:
        """How many patients or files it speaks of that nobody asked for."""
        return len(self.rows.keys() - self._asked)

    @property
    def by_file(self) -> bool:
        """Whether its rows name files."""
        return "file" in self.uses.values()

    @property
    def by_visit(self) -> bool:
        """Whether its rows name visits."""
        return "visit" in self.uses.values()


def merged(rows: Iterable[LabelRow]) -> LabelRow:
    """Several rows as one: no label on which they differ, and of each covariate what the first says.

    Where they name several patients, they name none, and that is a clash too.
    """
    rows = list(rows)
    if len(rows) == 1:
        return rows[0]
    labels: dict[str, set[str]] = defaultdict(set)
    covariates: dict[str, str] = {}
    for row in rows:
        covariates = row.covariates | covariates
        for column, value in row.labels.items():
            labels[column].add(value)
    clashes = {column for column, found in labels.items() if len(found) > 1}.union(*(row.clashes for row in rows))
    if len({composed(row.patient) for row in rows if row.patient}) > 1:
        clashes.add(OWNER)
    agreed = {column: min(found) for column, found in labels.items() if column not in clashes}
    patient, role, visit, file = (
        _same(values) for values in zip(*((row.patient, row.role, row.visit, row.file) for row in rows), strict=True)
    )
    return LabelRow(agreed, covariates, patient, role, tuple(sorted(clashes)), visit, file)


def divided(rows: Sequence[LabelRow], by: Callable[[LabelRow], str]) -> tuple[LabelRow, dict[str, LabelRow]]:
    """A patient's rows: what holds for all of it, and the labels by visit or file (as `by` says) that do not.

    A label holds for all where every visit or file has it, or a row of none in particular says so. What rows of one
    visit or file contradict each other in, or the general row and another, is a clash.
    """
    groups: dict[str, list[LabelRow]] = defaultdict(list)
    for row in rows:
        groups[by(row)].append(row)
    each = {key: merged(found) for key, found in groups.items()}
    whole: dict[str, str] = {}
    clashes = {column for row in each.values() for column in row.clashes}
    for column in {column for row in each.values() for column in row.labels} - clashes:
        values = {row.labels.get(column, "") for row in each.values()}
        general = "" in each and column in each[""].labels
        if len(values - {""}) == 1 and (general or "" not in values):
            whole[column] = max(values)
        elif general:
            clashes.add(column)
    apart = {key: _without(row, clashes.union(whole)) for key, row in each.items() if key}
    return replace(merged(rows), labels=whole, clashes=tuple(sorted(clashes))), apart


def _without(row: LabelRow, columns: Collection[str]) -> LabelRow:
    return replace(row, labels={name: value for name, value in row.labels.items() if name not in columns}, clashes=())


def find_table(source: Path, given: Path | None, uses: Mapping[str, ColumnUse] | None = None) -> LabelTable:
    """The table given, or the one that lies in the source under a usual name; empty where there is none.

    `uses` say what its columns are for; the others are guessed. CohortError where it cannot be read.
    """
    from engine.cohort.label_table.tables import read_table

    if given is not None:
        return read_table(given, uses)
    for path in (source / name for name in NAMES):
        if path.is_file():
            try:
                return read_table(path, uses)
            except CohortError:
                if path.stem in SURE_STEMS:
                    raise
    return LabelTable()


def composed(name: str) -> str:
    """One spelling of names whose accents some systems store apart from their letters."""
    return unicodedata.normalize("NFC", name)


def _number(name: str) -> int:
    """The value of a name of digits; -1 of any other."""
    return int(name) if name.isascii() and name.isdecimal() and len(name) < 20 else -1


def _same(values: Sequence[str]) -> str:
    """The one value of all that have one."""
    present = set(filter(None, values))
    return present.pop() if len(present) == 1 else ""
