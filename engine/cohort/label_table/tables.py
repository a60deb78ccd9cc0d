"""Label tables, read: their rows, what their columns are for, and what each row says."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine.cohort.intake.plan import COLUMN_USES, ColumnUse
from engine.cohort.label_table.column_uses import absent, guess_uses, last_part
from engine.cohort.label_table.labels import LabelRow, LabelTable, composed, merged
from engine.cohort.label_table.rows import Rows, read_rows
from engine.errors import CohortError
from engine.registry import suggestion

__all__ = ["Rows", "guess_uses", "read_rows", "read_table", "settled_uses", "told_by"]

_ONE_EACH: tuple[ColumnUse, ...] = ("file", "patient", "visit", "role")


def read_table(path: Path, uses: Mapping[str, ColumnUse] | None = None) -> LabelTable:
    """A table whose first row names the columns; `uses` go before what is guessed. CohortError where it is none."""
    return told_by(read_rows(path), uses)


def told_by(rows: Rows, uses: Mapping[str, ColumnUse] | None = None) -> LabelTable:
    """What rows say. CohortError where no column names patients or files, or `uses` name columns it has not."""
    settled = settled_uses(rows, uses or {})
    by_file = "file" in settled.values()
    if not by_file and "patient" not in settled.values():
        hint = f"Name one column 'patient' or 'file'. Its columns are: {', '.join(rows.columns) or 'none'}."
        raise CohortError("the label table does not say which patient a row is about", path=rows.path, hint=hint)
    listed = tuple(_row(record, settled) for record in rows.rows)
    keys: dict[str, list[LabelRow]] = defaultdict(list)
    for row in listed:
        keys[last_part(row.file) if by_file else composed(row.patient)].append(row)
    named = {key: merged(found) for key, found in keys.items()}
    if not by_file and _unsure(settled, uses or {}):
        named = {key: replace(row, patient="") for key, row in named.items()}
    return LabelTable(named, rows.path, listed, settled)


def settled_uses(rows: Rows, uses: Mapping[str, ColumnUse]) -> dict[str, ColumnUse]:
    """The use of each column: as somebody said, else as guessed, unless somebody gave that use to another column."""
    for column in uses:
        if column not in rows.columns:
            hint = suggestion(column, list(rows.columns))
            raise CohortError(f"the label table has no column '{column}'", path=rows.path, hint=hint)
    twice = [use for use, count in Counter(uses.values()).items() if use in _ONE_EACH and count > 1]
    if twice:
        hint = "Choose one, and ignore the others."
        raise CohortError(f"two columns of the label table are said to be the {twice[0]}", path=rows.path, hint=hint)
    given = {use for use in uses.values() if use in _ONE_EACH}
    guessed = {column: "ignore" if use in given else use for column, use in guess_uses(rows).items()}
    return {**guessed, **uses}


def _row(record: Mapping[str, str], uses: Mapping[str, ColumnUse]) -> LabelRow:
    told: dict[str, dict[str, str]] = {use: {} for use in COLUMN_USES}
    for column, use in uses.items():
        if not absent(record[column]):
            told[use][column] = record[column]
    patient, role, visit, file = (next(iter(told[use].values()), "") for use in ("patient", "role", "visit", "file"))
    return LabelRow(told["label"], told["covariate"], patient, role, visit=visit, file=file)


def _unsure(settled: Mapping[str, ColumnUse], given: Mapping[str, ColumnUse]) -> bool:
    """Whether what is taken for the patient is called `id`, which may number files, and nobody said so."""
    return any(use == "patient" and column.lower() == "id" and column not in given for column, use in settled.items())
