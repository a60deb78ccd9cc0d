"""The columns of a label table in lines: what each is for, what it holds, how many of the scans it speaks of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cohort_rows import counted

if TYPE_CHECKING:
    from engine.cohort.intake.plan import ColumnUse, ImportPlan
    from engine.cohort.intake.previewing import Preview
    from engine.cohort.label_table.tables import Rows
    from engine.imaging import Discovery

EXAMPLES = 4
KEYS = ("file", "patient")
ONE_EACH = (*KEYS, "visit", "role")
TYPES = {"category": "classes", "ordinal": "ordered classes", "number": "numbers", "date": "dates", "text": "text"}


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column: its use, the one `guessed`, the kind of its values, a few of them, and the scans it has a word on."""

    name: str
    use: "ColumnUse"
    guessed: "ColumnUse"
    kind: str
    examples: str
    scans: int
    of: int


def column_rows(chosen: "Discovery", source: Path, made: "Preview", plan: "ImportPlan") -> tuple[ColumnRow, ...]:
    """A line per column of the table that was found or chosen; none where there is no table that can be read."""
    from engine.cohort.label_table.tables import guess_uses
    from engine.errors import CohortError

    path = made.table.path or plan.table
    if path is None and made.failure is not None:
        path = table_in(chosen, source)
    if path is None:
        return ()
    try:
        rows = _rows(path, _stamp(path))
    except CohortError:
        return ()
    guessed = guess_uses(rows)
    uses = {**guessed, **made.table.uses, **plan.uses}
    given = _given(made)
    names = _names_of(chosen, made)
    return tuple(
        _row(name, rows, uses[name], guessed[name], _scans(name, uses[name], rows, names, given), len(names))
        for name in rows.columns
    )


def table_in(chosen: "Discovery", source: Path) -> Path | None:
    """The label table that lies with the scans, be it readable or not."""
    from engine.cohort.intake.siting import site_of
    from engine.cohort.label_table.labels import NAMES

    home = site_of(source, chosen).home
    return next((home / name for name in NAMES if (home / name).is_file()), None)


def _row(name: str, rows: "Rows", use: "ColumnUse", guessed: "ColumnUse", scans: int, of: int) -> ColumnRow:
    from engine.cohort.columns import guessed as described

    values = dict.fromkeys(value for row in rows.rows if (value := row.get(name, "")))
    kind = TYPES[described(name, "label" if use == "label" else "covariate", values).type]
    shown = list(values)[:EXAMPLES]
    more = ", …" if len(values) > len(shown) else ""
    return ColumnRow(name, use, guessed, f"{counted(len(values), 'value')}, {kind}", ", ".join(shown) + more, scans, of)


def _scans(name: str, use: str, rows: "Rows", names: Sequence[frozenset[str]], given: Mapping[str, int]) -> int:
    """Of a column that names scans or patients: how many of them; of another: how many get a value by it."""
    if use not in KEYS:
        return given.get(name, 0)
    told = {_last(value) for row in rows.rows if (value := row.get(name, ""))}
    return sum(not told.isdisjoint(own) for own in names)


def _names_of(chosen: "Discovery", made: "Preview") -> list[frozenset[str]]:
    """By what a table may call each scan: its file, with and without ending, its folders, its patient."""
    from engine.cohort.naming import stem_of

    patients = made.names

    def names(places: Iterable[Path], scan: int) -> frozenset[str]:
        own = {patients[scan][1]} if scan in patients else set()
        for place in places:
            own |= {place.name, stem_of(place), *place.parts[-4:-1]}
        return frozenset(own)

    return [names([chosen.shown(scan.source.files[0])], id(scan)) for scan in chosen.scans]


def _given(made: "Preview") -> dict[str, int]:
    """How many scans have a value by column."""
    counts = Counter[str]()
    named = {use: name for name, use in made.table.uses.items()}
    for owner in made.arrangement.patients:
        for scan in owner.scans:
            counts.update({*owner.told.labels, *owner.told.covariates, *scan.labels})
            counts.update(
                named[use]
                for use, value in (("visit", scan.visit), ("role", owner.told.role))
                if value and use in named
            )
    return dict(counts)


def _last(value: str) -> str:
    return value.replace("\\", "/").rsplit("/", 1)[-1]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return (told.st_mtime_ns, told.st_size)


@lru_cache(4)
def _rows(path: Path, stamp: tuple[int, int]) -> "Rows":
    from engine.cohort.label_table.tables import read_rows

    return read_rows(path)
