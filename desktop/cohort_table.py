"""The cohort as a table: columns, cells and orders, without a widget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from desktop.cohort_rows import NO_LABEL, WORST_FIRST, PatientRow, natural

AIR = 96

Kind = Literal["patient", "class", "roles", "number", "text", "certificate", "notes"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `name` is a target or covariate where `kind` says so."""

    title: str
    kind: Kind
    text: Callable[[PatientRow], str]
    name: str = ""
    tip: str = ""
    rank: Callable[[PatientRow], Any] | None = None

    def key(self, row: PatientRow) -> Any:
        """What rows are ordered by."""
        return sort_key(self.text(row)) if self.rank is None else self.rank(row)


def columns_of(rows: Sequence[PatientRow]) -> tuple[Column, ...]:
    """Patient, a class per target, roles, sizes, certificate, covariates, notes."""
    targets = sorted({target for row in rows for target in row.labels})
    covariates = sorted({name for row in rows for name in row.covariates})
    return (
        Column("Patient", "patient", lambda row: row.name),
        *(_class_column(target) for target in targets),
        Column("Scans", "roles", lambda row: ", ".join(row.roles), tip="The roles of the patient's scans"),
        Column("Slices", "number", lambda row: str(row.slices), tip="Over all scans in use"),
        Column(
            "Frames",
            "number",
            lambda row: str(row.frames),
            tip="Echoes, repetitions or times; the most of a scan",
        ),
        Column(
            "Certificate",
            "certificate",
            lambda row: row.certificate,
            tip="Whether the files say what they should; the worst of the patient's scans",
            rank=lambda row: WORST_FIRST.index(row.certificate),
        ),
        *(_covariate_column(name, rows) for name in covariates),
        Column("Notes", "notes", notes, tip="What keeps a patient out of training, and what the files warn of"),
    )


def notes(row: PatientRow) -> str:
    """What keeps it out of training, and what its files warn of."""
    said = (row.standing,) if row.standing else ()
    return "; ".join((*said, *row.warnings))


def ordered(rows: Sequence[PatientRow], column: Column, descending: bool) -> tuple[PatientRow, ...]:
    """The rows by a column, equal ones by patient; empty cells come last either way."""
    by_patient = sorted(rows, key=lambda row: natural(row.key))
    filled = [row for row in by_patient if column.text(row) not in ("", NO_LABEL)]
    empty = [row for row in by_patient if column.text(row) in ("", NO_LABEL)]
    filled.sort(key=column.key, reverse=descending)
    return (*filled, *empty)


def sort_key(text: str) -> tuple[int, float, tuple[tuple[int, int, str], ...]]:
    """Numbers by size before words in natural order."""
    try:
        return (0, float(text), ())
    except ValueError:
        return (1, 0.0, natural(text))


def spread(widths: Sequence[int], room: int) -> list[int]:
    """Column widths with what is left of the room shared out equally, none more than `AIR` wider."""
    spare = max(0, room - sum(widths))
    return [width + min(AIR, spare // len(widths)) for width in widths]


def as_text(rows: Sequence[PatientRow], columns: Sequence[Column], separator: str = "\t") -> str:
    """The table as lines, with a head line, patients by their pseudonyms; for the clipboard and for a CSV file."""
    lines = [
        [column.title for column in columns],
        *([row.key if column.kind == "patient" else column.text(row) for column in columns] for row in rows),
    ]
    return "".join(separator.join(_quoted(cell, separator) for cell in line) + "\n" for line in lines)


def _quoted(cell: str, separator: str) -> str:
    if not any(sign in cell for sign in (separator, '"', "\n")):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _class_column(target: str) -> Column:
    return Column(target.capitalize(), "class", lambda row: row.label(target), target, f"The label “{target}”")


def _covariate_column(name: str, rows: Sequence[PatientRow]) -> Column:
    values = [row.covariates[name] for row in rows if name in row.covariates]
    kind: Kind = "number" if all(sort_key(value)[0] == 0 for value in values) else "text"
    return Column(name.capitalize(), kind, lambda row: row.covariates.get(name, ""), name)
