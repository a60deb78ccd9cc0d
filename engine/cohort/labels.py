"""The label table that comes with a folder of scans: csv or tsv, a row per patient or per file."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import CohortError

NAMES = ("labels.csv", "labels.tsv", "participants.tsv", "participants.csv")
_FILE_COLUMNS = ("file", "filename", "path", "image")
_PATIENT_COLUMNS = ("patient", "patient_id", "participant_id", "subject", "subject_id", "id")
_ROLE_COLUMN = "role"
_COVARIATES = ("age", "sex", "gender", "site", "scanner", "education", "educ", "hand", "height", "weight", "bmi")
_ABSENT = ("", "na", "n/a", "nan", "none", "null")
_MOST_CLASSES = 20


@dataclass(frozen=True)
class LabelRow:
    """What the table says of one patient or file."""

    labels: dict[str, str] = field(default_factory=dict)
    covariates: dict[str, str] = field(default_factory=dict)
    patient: str = ""
    role: str = ""


@dataclass(frozen=True)
class LabelTable:
    """Rows by the name of the patient or file they speak of."""

    rows: dict[str, LabelRow] = field(default_factory=dict)
    names_patients: bool = False

    def row(self, *names: str) -> LabelRow:
        """The row of the first name the table knows; an empty row otherwise."""
        return next((self.rows[name] for name in names if name in self.rows), LabelRow())


def find_table(source: Path, given: Path | None) -> LabelTable:
    """The table given, or the one that lies in the source under a usual name; empty where there is none."""
    if given is not None:
        return read_table(given)
    beside = next((source / name for name in NAMES if (source / name).is_file()), None)
    return LabelTable() if beside is None else read_table(beside)


def read_table(path: Path) -> LabelTable:
    """A table whose first row names the columns; CohortError where it cannot be one."""
    records = _records(path)
    if not records:
        raise CohortError("the label table is empty", path=path, hint="Its first row names the columns.")
    columns = {name.strip().lower(): name for name in records[0] if name}
    file_column = next((columns[name] for name in _FILE_COLUMNS if name in columns), None)
    patient_column = next((columns[name] for name in _PATIENT_COLUMNS if name in columns), None)
    key = file_column or patient_column
    if key is None:
        hint = f"Name one column 'patient' or 'file'. Its columns are: {', '.join(columns) or 'none'}."
        raise CohortError("the label table does not say which patient a row is about", path=path, hint=hint)
    role = columns.get(_ROLE_COLUMN)
    values = [name for name in columns.values() if name not in (file_column, patient_column, role)]
    labels = [name for name in values if _is_label(name, [record[name] for record in records])]
    rows = {}
    for record in records:
        rows[record[key]] = LabelRow(
            {name: record[name] for name in labels if not _absent(record[name])},
            {name: record[name] for name in values if name not in labels and not _absent(record[name])},
            record[patient_column] if patient_column else "",
            record[role] if role else "",
        )
    return LabelTable(rows, patient_column is not None)


def _records(path: Path) -> list[dict[str, str]]:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, delimiter=delimiter, restval="", restkey="")
            return [{str(n): str(v).strip() for n, v in record.items() if n} for record in reader]
    except FileNotFoundError:
        raise CohortError("the label table is not there", path=path, hint="Check the path.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        hint = "Save it as UTF-8 text, comma or tab separated."
        raise CohortError(f"the label table cannot be read: {failure}", path=path, hint=hint) from None


def _is_label(name: str, values: list[str]) -> bool:
    """Few distinct values, and not the name of a usual covariate."""
    present = {value for value in values if not _absent(value)}
    return name.strip().lower() not in _COVARIATES and 0 < len(present) <= _MOST_CLASSES


def _absent(value: str) -> bool:
    return value.strip().lower() in _ABSENT
