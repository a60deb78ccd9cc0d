"""The cohort as a table: columns, cells and orders, without a widget."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from desktop.cohort_rows import NO_LABEL, WORST_FIRST, PatientRow, natural
from desktop.cohort_scan_rows import ScanRow
from desktop.roster import Roster

AIR = 96
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Kind = Literal["patient", "class", "roles", "number", "text", "certificate", "notes"]
Field = Literal["", "label", "covariate", "role", "visit", "source"]
AnyRow = PatientRow | ScanRow


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `field` is what an edit of its cells sets, of `name` where it is a label or covariate.

    `order` puts the distinct texts of its cells into their order, where that is not the usual one; `rank` goes before
    it. A column that is `spare` is hidden until somebody asks for it.
    """

    title: str
    kind: Kind
    text: Callable[[Any], str]
    name: str = ""
    tip: str = ""
    rank: Callable[[Any], Any] | None = None
    field: Field = ""
    order: Callable[[Collection[str]], list[str]] | None = None
    spare: bool = False

    @property
    def key(self) -> str:
        """What it is called in what is remembered of it."""
        return f"{self.field}:{self.name}" if self.name else self.title


def patient_columns(roster: Roster) -> tuple[Column, ...]:
    """Patient, a class per target, roles, sizes, certificate, covariates, visits, sources, notes."""
    return (
        Column("Patient", "patient", lambda row: row.name),
        *(_class_column(roster, target) for target in roster.targets),
        Column("Scans", "roles", lambda row: ", ".join(row.roles), tip="The roles of the scans", field="role"),
        Column("Slices", "number", lambda row: str(row.slices), tip="Over all scans in use"),
        Column("Frames", "number", lambda row: str(row.frames), tip="Echoes, repetitions or times; the most of a scan"),
        _certificate("the worst of the patient's scans"),
        *(_covariate_column(roster, name) for name in roster.covariates),
        *_wheres(roster),
        Column("Notes", "notes", notes, tip="What keeps a patient out of training, and what the files warn of"),
    )


def scan_columns(roster: Roster) -> tuple[Column, ...]:
    """Patient, role, visit, source, the classes, size, certificate, covariates where wished, notes."""
    return (
        Column("Patient", "patient", lambda row: row.name),
        Column("Role", "text", lambda row: row.scan.role, field="role"),
        Column("Visit", "text", lambda row: row.scan.visit, field="visit", tip="When it was made, of several times"),
        *(_class_column(roster, target) for target in roster.targets),
        Column("Size", "number", lambda row: row.size, tip="Voxels across, down and through"),
        Column("Frames", "number", lambda row: str(row.frames), spare=True),
        Column("Modality", "text", lambda row: row.scan.modality, spare=True),
        _certificate("of this scan"),
        Column("Source", "text", lambda row: row.scan.origin, field="source", tip="Where it was imported from"),
        *(_covariate_column(roster, name, spare=True) for name in roster.covariates),
        Column("Notes", "notes", notes, tip="What keeps a scan out of training, and what its files warn of"),
    )


def notes(row: AnyRow) -> str:
    """What keeps it out of training, and what its files warn of."""
    said = ("Set aside in the test vault" if row.vault else "", row.standing, *row.warnings)
    return "; ".join(filter(None, said))


def ordered(rows: Sequence[Any], column: Column, descending: bool) -> list[Any]:
    """The rows by a column, equal ones as they stood; empty cells come last either way."""
    if column.rank is not None:
        return sorted(rows, key=column.rank, reverse=descending)
    texts = [column.text(row) for row in rows]
    ranks = {text: rank for rank, text in enumerate(in_order(column, set(texts)))}
    filled = [place for place, text in enumerate(texts) if text in ranks]
    filled.sort(key=lambda place: ranks[texts[place]], reverse=descending)
    return [rows[place] for place in filled] + [row for row, text in zip(rows, texts, strict=True) if text not in ranks]


def in_order(column: Column, texts: Iterable[str]) -> list[str]:
    """The distinct texts of a column's cells, the empty ones apart, in its order."""
    filled = [text for text in texts if text not in ("", NO_LABEL)]
    return column.order(filled) if column.order is not None else sorted(filled, key=sort_key)


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


def as_text(rows: Sequence[AnyRow], columns: Sequence[Column], separator: str = "\t") -> str:
    """The table as lines, with a head line, patients by their pseudonyms; for the clipboard and for a CSV file.

    A text that a sheet would take for a formula gets an apostrophe before it; numbers stay as they are.
    """
    lines = [
        [column.title for column in columns],
        *([row.patient.key if column.kind == "patient" else column.text(row) for column in columns] for row in rows),
    ]
    return "".join(separator.join(_quoted(cell, separator) for cell in line) + "\n" for line in lines)


def _quoted(cell: str, separator: str) -> str:
    if cell.startswith(LIKE_A_FORMULA) and not _is_number(cell):
        cell = f"'{cell}"
    if not any(sign in cell for sign in (separator, '"', "\n", "\r")):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _certificate(whose: str) -> Column:
    return Column(
        "Certificate",
        "certificate",
        lambda row: row.certificate,
        tip=f"Whether the files say what they should; {whose}",
        rank=lambda row: WORST_FIRST.index(row.certificate),
    )


def _class_column(roster: Roster, target: str) -> Column:
    described = roster.columns[target]
    order = described.ordered if described.type == "ordinal" and described.classes else None
    tip = f"The label “{target}”"
    return Column(target.capitalize(), "class", lambda row: row.label(target), target, tip, field="label", order=order)


def _covariate_column(roster: Roster, name: str, *, spare: bool = False) -> Column:
    described = roster.columns[name]
    kind: Kind = "number" if described.type == "number" else "text"
    order = described.ordered if described.type == "ordinal" and described.classes else None

    def told(row: AnyRow) -> str:
        return row.covariates.get(name, "")

    return Column(
        name.capitalize(), kind, told, name, f"The covariate “{name}”", field="covariate", order=order, spare=spare
    )


def _wheres(roster: Roster) -> tuple[Column, ...]:
    """Visits and sources of a patient, where there are any."""
    visits = Column("Visits", "text", lambda row: ", ".join(row.visits), field="visit")
    origins = Column("Source", "text", lambda row: ", ".join(row.origins), field="source")
    offered = ((visits, "visit"), (origins, "source"))
    return tuple(column for column, kind in offered if roster.offered(kind))
