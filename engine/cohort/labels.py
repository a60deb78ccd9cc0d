"""The label table that comes with a folder of scans: csv or tsv, a row per patient or per file."""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import CohortError

NAMES = ("labels.csv", "labels.tsv", "participants.tsv", "participants.csv")
_FILE_COLUMNS = ("file", "filename", "path", "image")
_PATIENT_COLUMNS = ("patient", "patient_id", "participant_id", "subject", "subject_id", "id")
_ROLE_COLUMN = "role"
_COVARIATES = ("age", "sex", "gender", "site", "scanner", "education", "educ", "hand", "height", "weight", "bmi")
_ABSENT = ("", "na", "n/a", "nan", "null")
_MOST_CLASSES = 20
_DELIMITERS = ",\t;"


@dataclass(frozen=True)
class LabelRow:
    """What the table says of one patient or file; in `clashes` it says several things, which are left out."""

    labels: dict[str, str] = field(default_factory=dict)
    covariates: dict[str, str] = field(default_factory=dict)
    patient: str = ""
    role: str = ""
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelTable:
    """Rows by the name of the patient or file they speak of."""

    rows: dict[str, LabelRow] = field(default_factory=dict)
    path: Path | None = None
    _asked: set[str] = field(default_factory=set, repr=False, compare=False)

    def row(self, *names: str) -> LabelRow:
        """The row of the first name the table knows; an empty row otherwise."""
        known = next((name for name in map(_composed, names) if name in self.rows), None)
        if known is None:
            return LabelRow()
        self._asked.add(known)
        return self.rows[known]

    @property
    def unused(self) -> int:
        """How many patients or files it speaks of that nobody asked for."""
        return len(self.rows.keys() - self._asked)


def merged(rows: Iterable[LabelRow]) -> LabelRow:
    """Several rows of one patient as one: what the first says, and no label on which they differ."""
    labels: dict[str, set[str]] = defaultdict(set)
    covariates: dict[str, str] = {}
    rows = list(rows)
    for row in rows:
        covariates = row.covariates | covariates
        for column, value in row.labels.items():
            labels[column].add(value)
    clashes = {column for column, found in labels.items() if len(found) > 1}.union(*(row.clashes for row in rows))
    agreed = {column: min(found) for column, found in labels.items() if column not in clashes}
    return LabelRow(agreed, covariates, rows[0].patient, rows[0].role, tuple(sorted(clashes)))


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
    columns = {name.lower(): name for name in records[0]}
    file_column = next((columns[name] for name in _FILE_COLUMNS if name in columns), None)
    patient_column = next((columns[name] for name in _PATIENT_COLUMNS if name in columns), None)
    key = file_column or patient_column
    if key is None:
        hint = f"Name one column 'patient' or 'file'. Its columns are: {', '.join(columns) or 'none'}."
        raise CohortError("the label table does not say which patient a row is about", path=path, hint=hint)
    role = columns.get(_ROLE_COLUMN)
    values = [name for name in records[0] if name not in (file_column, patient_column, role)]
    owner = None if patient_column is not None and patient_column.lower() == key.lower() == "id" else patient_column
    labels = [name for name in values if _is_label(name, [record[name] for record in records])]
    rows: dict[str, list[LabelRow]] = defaultdict(list)
    for record in records:
        rows[_file_name(record[key]) if file_column else _composed(record[key])].append(
            LabelRow(
                {name: record[name] for name in labels if not _absent(record[name])},
                {name: record[name] for name in values if name not in labels and not _absent(record[name])},
                record[owner] if owner else "",
                record[role] if role else "",
            )
        )
    return LabelTable({name: merged(found) for name, found in rows.items()}, path)


def _records(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            delimiter = max(_DELIMITERS, key=stream.readline().count)
            stream.seek(0)
            reader = csv.DictReader(stream, delimiter=delimiter, restval="", restkey="")
            return [{n.strip(): str(v).strip() for n, v in record.items() if n.strip()} for record in reader]
    except FileNotFoundError:
        raise CohortError("the label table is not there", path=path, hint="Check the path.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        hint = "Save it as UTF-8 text, comma or tab separated."
        raise CohortError(f"the label table cannot be read: {failure}", path=path, hint=hint) from None


def _is_label(name: str, values: list[str]) -> bool:
    """Few distinct values, and not the name of a usual covariate."""
    present = {value for value in values if not _absent(value)}
    return name.lower() not in _COVARIATES and 0 < len(present) <= _MOST_CLASSES


def _composed(name: str) -> str:
    """One spelling of names whose accents some systems store apart from their letters."""
    return unicodedata.normalize("NFC", name)


def _file_name(text: str) -> str:
    return _composed(text).replace("\\", "/").rsplit("/", 1)[-1]


def _absent(value: str) -> bool:
    return value.strip().lower() in _ABSENT
