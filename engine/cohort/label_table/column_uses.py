"""What the columns of a label table are for, as their names and values suggest."""

import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from engine.cohort.columns import MOST_CATEGORIES, is_date, is_number
from engine.cohort.intake.plan import ColumnUse
from engine.cohort.label_table.labels import composed
from engine.cohort.label_table.rows import Rows
from engine.cohort.naming import stem_of

_NAMES: dict[ColumnUse, tuple[str, ...]] = {
    "file": ("file", "filename", "path", "filepath", "image", "imagepath", "imagefile", "imagename", "scan"),
    "patient": ("patient", "patientid", "participantid", "participant", "subject", "subjectid", "caseid", "id"),
    "visit": ("visit", "visitid", "session", "sessionid", "timepoint", "wave"),
    "role": ("role",),
}
_COVARIATES = (
    "age", "sex", "gender", "mf", "site", "scanner", "education", "educ", "hand", "handedness", "height", "weight",
    "bmi", "ethnicity", "race", "manufacturer", "center", "centre", "hospital", "delay", "mrdelay",
)  # fmt: skip
_LABELS = ("label", "labels", "class", "diagnosis", "target", "stage", "grade", "cdr", "group")
_ENDINGS = re.compile(r"\.(png|jpe?g|tiff?|bmp|dcm|nii|nii\.gz|mha|mhd|nrrd|npy|npz|img|hdr|mgz)$", re.IGNORECASE)
_ABSENT = ("", "na", "n/a", "nan", "null")
_MOST = 0.5
_FEW_ROWS = 8


def absent(value: str) -> bool:
    """Whether it stands for nothing."""
    return value.strip().lower() in _ABSENT


def guess_uses(rows: Rows, paths: Sequence[Path] = (), patients: Collection[str] = ()) -> dict[str, ColumnUse]:
    """A use for each column. `paths` are those of the scans and `patients` the names of their folders, where known.

    Of file, patient, visit and role there is one column at most; what is none of these is a label where it has few
    values, else a covariate.
    """
    by_content = {"file": _by_file_names(rows, paths), "patient": _by_values(rows, patients)}
    known = {use: column for use, column in by_content.items() if column is not None}
    found: dict[str, ColumnUse] = {}
    for use, names in sorted(_NAMES.items(), key=lambda item: item[0] not in known):
        left = [column for column in rows.columns if column not in found]
        column = known[use] if known.get(use) in left else _by_name(left, names)
        if column is not None:
            found[column] = use
    return {column: found.get(column) or _value_use(column, rows) for column in rows.columns}


def _by_name(columns: Sequence[str], names: Sequence[str]) -> str | None:
    plain = {_plain(column): column for column in reversed(columns)}
    return next((plain[name] for name in names if name in plain), None)


def _by_file_names(rows: Rows, paths: Sequence[Path]) -> str | None:
    """The column whose values name the scans' files; where these are not known and no title says so, files at all."""
    if paths:
        names = {composed(name) for path in paths for name in (path.name, stem_of(path))}
        return _mostly(rows, lambda value: last_part(value) in names)
    if _by_name(rows.columns, _NAMES["file"]) is not None:
        return None
    return _mostly(rows, lambda value: _ENDINGS.search(value) is not None)


def _by_values(rows: Rows, patients: Collection[str]) -> str | None:
    known = set(map(composed, patients))
    return _mostly(rows, lambda value: composed(value) in known) if known else None


def _mostly(rows: Rows, test: Callable[[str], bool]) -> str | None:
    """The column of which the test holds for the largest share of the values, most of them at least."""
    shares = {column: _share(rows, column, test) for column in rows.columns}
    column = max(shares, key=lambda name: shares[name], default=None)
    return column if column is not None and shares[column] > _MOST else None


def _share(rows: Rows, column: str, test: Callable[[str], bool]) -> float:
    values = [value for value in rows.values(column) if not absent(value)]
    return sum(map(test, values)) / len(values) if values else 0.0


def last_part(name: str) -> str:
    """What a file is called, without the folders before it, in whichever way these are written."""
    return composed(name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _value_use(column: str, rows: Rows) -> ColumnUse:
    """A label has few values, and does not differ from row to row."""
    present = [value for value in rows.values(column) if not absent(value)]
    classes = set(present)
    if _plain(column) in _COVARIATES or not classes or all(map(is_date, classes)):
        return "covariate"
    if _plain(column) in _LABELS and len(classes) <= MOST_CATEGORIES:
        return "label"
    many = len(classes) > MOST_CATEGORIES or (len(rows.rows) >= _FEW_ROWS and len(classes) > len(present) / 2)
    fractions = any(is_number(value) and not float(value).is_integer() for value in classes)
    return "covariate" if many or (fractions and len(classes) > _FEW_ROWS) else "label"


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
