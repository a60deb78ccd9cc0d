"""The clinical table of OASIS-1: ID, M/F, Hand, Age, Educ, SES, MMSE, CDR, eTIV, nWBV, ASF, Delay."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.cohort.columns import Column
from engine.cohort.label_table.labels import LabelRow, LabelTable
from engine.cohort.label_table.rows import read_rows
from engine.cohort.label_table.tables import told_by
from engine.errors import CohortError

STAGES = ("NonDemented", "VeryMildDemented", "MildDemented", "ModerateDemented")
RATING = "cdr"
_ENDINGS = (".csv", ".xlsx", ".tsv", ".xls", ".ods")
_LARGEST = 16 << 20
_RENAMED = {"m/f": "sex", "age": "age"}
_NUMBERS = ("age", "Educ", "SES", "MMSE", "eTIV", "nWBV", "ASF", "Delay")
_KNOWN = (*_RENAMED, "hand", *(name.lower() for name in _NUMBERS))

COVARIATES = (
    *(Column(name, "covariate", "number") for name in _NUMBERS),
    Column("sex", "covariate", "category", ("F", "M")),
    Column("Hand", "covariate", "category"),
)


def clinical_table(given: LabelTable, home: Path, sessions: Sequence[str]) -> LabelTable:
    """The table given where it knows a session; else the one in the folder or above it that does; else none."""
    if given.path is not None and not given.rows.keys().isdisjoint(sessions):
        return given
    known = (table for table in map(_read, _beside(home)) if table is not None)
    return next((table for table in known if not table.rows.keys().isdisjoint(sessions)), LabelTable())


def rating_of(row: LabelRow) -> str:
    """The clinical dementia rating as it stands; empty where there is none."""
    return next((value for name, value in (row.labels | row.covariates).items() if name.lower() == RATING), "")


def stage_of(row: LabelRow) -> str:
    """The class that the rating stands for; empty where there is none."""
    try:
        rating = float(rating_of(row).replace(",", "."))
    except ValueError:
        return ""
    steps = {0.0: STAGES[0], 0.5: STAGES[1], 1.0: STAGES[2]}
    return steps.get(rating, STAGES[3] if rating >= 2 else "")


def without_rating(row: LabelRow) -> LabelRow:
    """What else the row says: the known columns as covariates, sex and age by these names, others as the table has."""
    told = row.labels | row.covariates
    known = {_RENAMED.get(name.lower(), name): value for name, value in told.items() if name.lower() in _KNOWN}
    covariates = {name: value for name, value in row.covariates.items() if name.lower() not in (*_KNOWN, RATING)}
    labels = {name: value for name, value in row.labels.items() if name.lower() not in (*_KNOWN, RATING)}
    return LabelRow(labels, known | covariates)


def _read(path: Path) -> LabelTable | None:
    try:
        rows = read_rows(path)
        names = {name.lower(): name for name in rows.columns}
        return told_by(rows, {names["id"]: "patient"}) if {"id", RATING} <= names.keys() else None
    except CohortError:
        return None


def _beside(home: Path) -> Iterator[Path]:
    """Tables in the folder and in the folder above it; of the latter only those that are called after the data set."""
    for folder in (home, home.parent):
        for path in sorted(folder.glob("*")):
            named = folder == home or "oasis" in path.name.lower()
            if named and path.suffix.lower() in _ENDINGS and path.is_file() and path.stat().st_size <= _LARGEST:
                yield path
