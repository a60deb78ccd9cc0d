"""What BIDS says of the visits of a subject: `sub-01/sub-01_sessions.tsv`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.cohort.label_table.column_uses import absent, guess_uses
from engine.cohort.label_table.labels import LabelRow, LabelTable
from engine.cohort.label_table.rows import Rows, read_rows

_KEY = "session_id"
_DATES = ("acq_time",)


@dataclass(frozen=True)
class Visits:
    """The values of each visit by its name, in the order of the table; `path` is where they stand."""

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    path: Path | None = None

    @property
    def columns(self) -> list[str]:
        """Their columns, each once."""
        return list(dict.fromkeys(column for values in self.values.values() for column in values))


def read_visits(path: Path) -> Visits:
    """The table of a subject's visits, without dates; no visits where there is none. CohortError."""
    if not path.is_file():
        return Visits()
    rows = read_rows(path)
    if _KEY not in rows.columns:
        return Visits(path=path)
    columns = [column for column in rows.columns if column not in (_KEY, *_DATES)]
    values = {
        row[_KEY].removeprefix("ses-"): {column: row[column] for column in columns if not absent(row[column])}
        for row in rows.rows
    }
    return Visits(values, path)


def with_visits(told: LabelRow, visits: Visits, labels: Sequence[str]) -> LabelRow:
    """What holds for a patient: a label that is the same at all visits, a covariate as it was at the first."""
    added: dict[str, str] = {}
    covariates: dict[str, str] = {}
    for column in visits.columns:
        found = [values[column] for values in visits.values.values() if column in values]
        if column not in labels:
            covariates[column] = found[0]
        elif len(set(found)) == 1:
            added[column] = found[0]
    return replace(told, labels=added | told.labels, covariates=covariates | told.covariates)


def labels_of_visit(told: LabelRow, visits: Visits, visit: str, labels: Sequence[str]) -> dict[str, str]:
    """The labels of a visit that its patient has not, or has otherwise."""
    values = visits.values.get(visit, {})
    return {name: value for name, value in values.items() if name in labels and told.labels.get(name) != value}


def label_columns(visits: Iterable[Visits], table: LabelTable) -> list[str]:
    """Which columns of all visits' tables are labels: as in the table of patients, else as their values suggest."""
    listed = list(visits)
    columns = tuple(dict.fromkeys(column for one in listed for column in one.columns))
    rows = [{name: values.get(name, "") for name in columns} for one in listed for values in one.values.values()]
    guessed = guess_uses(Rows(columns, rows, Path(_KEY)))
    return [column for column in columns if table.uses.get(column, guessed[column]) == "label"]
