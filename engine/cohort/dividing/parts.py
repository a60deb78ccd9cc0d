"""Which part of a division a scan lies in: by a column, by folders called train and test, or as somebody divided."""

from collections.abc import Callable, Collection, Iterable, Mapping

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.columns import natural
from engine.cohort.dividing.part_names import PARTS, folder_part, part_named
from engine.cohort.dividing.saved_divisions import Division
from engine.errors import CohortError
from engine.registry import suggestion

FOLDERS = "folders"
PartOf = Callable[[Patient, Scan | None], str]


def no_part(patient: Patient, scan: Scan | None) -> str:
    """Nothing is divided."""
    return ""


def by_column(column: str) -> PartOf:
    """A label or covariate says it."""

    def part(patient: Patient, scan: Scan | None) -> str:
        own = "" if scan is None else scan.labels.get(column, "")
        return own or patient.labels.get(column) or patient.covariates.get(column, "")

    return part


def by_folders(patient: Patient, scan: Scan | None) -> str:
    """The nearest folder called train, val or test, or by another usual word for them, says it."""
    return "" if scan is None else folder_part(scan.path) or ""


def by_division(parts: Mapping[str, str]) -> PartOf:
    """A division by pseudonym says it."""
    return lambda patient, scan: parts.get(patient.key, "")


def parts_of(division: Division) -> dict[str, str]:
    """By pseudonym the part of a division of one fold; of several folds, in which of the first repeat one is tested."""
    if len(division.folds) == 1:
        return {key: part for part, members in division.folds[0].parts.items() for key in members}
    return {key: f"fold {fold.number}" for fold in division.folds if fold.repeat == 1 for key in fold.test}


def has_part_folders(cohort: Cohort) -> bool:
    """Whether the scans lie in at least two folders of that kind."""
    found = set[str]()
    for patient in cohort.patients:
        found.update(part for scan in patient.scans if (part := folder_part(scan.path)))
        if len(found) > 1:
            return True
    return False


def part_columns(cohort: Cohort) -> list[str]:
    """The columns that say of everybody who has a value whether it trains or tests."""
    values: dict[str, set[str]] = {}
    for patient in cohort.patients:
        for name, value in (*patient.labels.items(), *patient.covariates.items()):
            values.setdefault(name, set()).add(value)
    return sorted(name for name, told in values.items() if len(told) > 1 and all(map(part_named, told)))


def target_columns(cohort: Cohort) -> list[str]:
    """The label columns that speak of patients, not of a division; all of them where every one divides."""
    dividing = set(part_columns(cohort))
    return [name for name in cohort.label_columns if name not in dividing] or cohort.label_columns


def part_of(cohort: Cohort, name: str, divisions: Iterable[Division] = ()) -> PartOf:
    """By the name of a column, of a saved division, or "folders"; CohortError names the nearest where there is none."""
    if name == FOLDERS:
        return by_folders
    columns = {*cohort.label_columns, *cohort.covariate_columns}
    if name in columns:
        return by_column(name)
    saved = {division.name: division for division in divisions}
    if name in saved:
        return by_division(parts_of(saved[name]))
    hint = suggestion(name, sorted({*columns, *saved, FOLDERS}))
    raise CohortError(f"nothing divides the cohort by '{name}'", hint=hint)


def parts_in_order(parts: Collection[str]) -> list[str]:
    """Those that train, those that are watched, those that test, then others."""

    def place(part: str) -> int:
        known = part_named(part)
        return len(PARTS) if known is None else PARTS.index(known)

    return sorted(parts, key=lambda part: (place(part), natural(part)))
