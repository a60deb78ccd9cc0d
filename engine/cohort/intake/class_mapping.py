"""What a source calls its classes, put in the words of the cohort."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from engine.cohort.columns import Column
from engine.cohort.intake.layout import Arrangement, FoundPatient, FoundScan

Classes = Mapping[str, Mapping[str, str]]


def mapped(found: Arrangement, classes: Classes) -> Arrangement:
    """With classes called as {column: {in the source: in the cohort}} says; an empty name takes the label away."""
    if not any(classes.values()):
        return found
    patients = [_patient(patient, classes) for patient in found.patients]
    return replace(found, patients=patients, columns=[_column(column, classes) for column in found.columns])


def classes_of(found: Arrangement) -> dict[str, Counter[str]]:
    """How many scans have each label, by label column."""
    counts: dict[str, Counter[str]] = {}
    for patient in found.patients:
        for scan in patient.scans:
            for column, label in (patient.told.labels | dict(scan.labels)).items():
                counts.setdefault(column, Counter())[label] += 1
    return counts


def _patient(patient: FoundPatient, classes: Classes) -> FoundPatient:
    told = replace(patient.told, labels=_labels(patient.told.labels, classes))
    return replace(patient, told=told, scans=tuple(_scan(scan, classes) for scan in patient.scans))


def _scan(scan: FoundScan, classes: Classes) -> FoundScan:
    return replace(scan, labels=_labels(scan.labels, classes)) if scan.labels else scan


def _labels(labels: Mapping[str, str], classes: Classes) -> dict[str, str]:
    renamed = {column: classes.get(column, {}).get(label, label) for column, label in labels.items()}
    return {column: label for column, label in renamed.items() if label}


def _column(column: Column, classes: Classes) -> Column:
    renamed = (classes.get(column.name, {}).get(label, label) for label in column.classes)
    return replace(column, classes=tuple(dict.fromkeys(filter(None, renamed))))
