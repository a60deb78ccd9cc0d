"""What patients are called, whether their labels are their own or those of their scans."""

from collections.abc import Mapping

from engine.cohort import Cohort, Patient, Scan
from engine.cohort.columns import MOST_CATEGORIES, is_number


def labels_of(cohort: Cohort, column: str) -> Mapping[str, str]:
    """The one label of each patient that has one, by pseudonym; who has scans that differ has none."""
    return {patient.key: label for patient in cohort.patients if (label := patient.label(column))}


def said_of(patient: Patient, column: str) -> set[str]:
    """Every label of a patient: its own and those of its scans that take part."""
    of_scans = {patient.label_of(scan, column) for scan in patient.scans if not scan.excluded}
    return {label for label in (of_scans or {patient.labels.get(column, "")}) if label}


def class_columns(cohort: Cohort) -> list[str]:
    """The label columns that hold classes; measured numbers, dates and free text are labels of their own kind."""
    return [column for column in cohort.label_columns if _holds_classes(cohort, column)]


def _holds_classes(cohort: Cohort, column: str) -> bool:
    """As it is described; where nobody named its classes, many different numbers are none."""
    if cohort.column(column).type not in ("category", "ordinal"):
        return False
    values = by_label(cohort, column)
    measured = len(values) > MOST_CATEGORIES and all(map(is_number, values))
    return bool(cohort.column(column).classes) or not measured


def head(cohort: Cohort) -> str:
    """What is counted: patients; where they are unknown pictures, or likely patients."""
    return "patient" if cohort.level == "patient" else "likely patient" if cohort.likely_patients else "picture"


def patients_known(cohort: Cohort) -> bool:
    """Whether scans were told, or accepted, to be of one patient."""
    return cohort.level == "patient" or cohort.likely_patients


def by_label(cohort: Cohort, column: str) -> Mapping[str, list[Patient]]:
    """Who has each label; a patient whose scans differ is among several."""
    found: dict[str, list[Patient]] = {}
    for patient in cohort.patients:
        for label in sorted(said_of(patient, column)):
            found.setdefault(label, []).append(patient)
    return found


def scans_called(patients: list[Patient], column: str, label: str) -> tuple[Scan, ...]:
    """The scans of patients that have a label."""
    return tuple(scan for patient in patients for scan in patient.scans if patient.label_of(scan, column) == label)
