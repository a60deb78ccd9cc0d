"""The divisions a cohort comes with, or was given: by folders called train and test, by a column, by runs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.cohort import Cohort, Patient, Scan
from engine.errors import CohortError
from engine.registry import suggestion
from engine.runs import RunFolder, list_runs

_PARTS = {
    "train": "train", "training": "train", "trn": "train",
    "val": "validation", "valid": "validation", "validation": "validation", "dev": "validation",
    "test": "test", "testing": "test", "tst": "test", "holdout": "test",
}  # fmt: skip


@dataclass(frozen=True)
class Division:
    """Which part each scan (by id) lies in, fold by fold; `name` is a clause for people."""

    name: str
    folds: tuple[Mapping[int, str], ...]

    @property
    def divides(self) -> bool:
        """Whether there are at least two parts."""
        return any(len(set(parts.values())) > 1 for parts in self.folds)

    def split(self, scans: Sequence[Scan]) -> bool:
        """Whether the scans lie in several parts of a fold."""
        return any(len({parts[scan.id] for scan in scans if scan.id in parts}) > 1 for parts in self.folds)


def divisions_of(cohort: Cohort, scans: Iterable[Scan], workspace: Path, column: str = "") -> list[Division]:
    """All divisions of the scans that have at least two parts. CohortError where there is no column of that name."""
    listed = list(scans)
    found = [_by_folders(listed), *_by_columns(cohort, listed, column), *_by_runs(listed, workspace)]
    return [division for division in found if division.divides]


def _by_folders(scans: Iterable[Scan]) -> Division:
    parts = {scan.id: part for scan in scans if (part := _folder_part(scan.path))}
    return Division("the division by folders", (parts,))


def _folder_part(path: Path) -> str:
    return next((_PARTS[name.lower()] for name in reversed(path.parts[:-1]) if name.lower() in _PARTS), "")


def _by_columns(cohort: Cohort, scans: Iterable[Scan], wanted: str) -> Iterator[Division]:
    columns = {name for patient in cohort.patients for name in values_of(patient)}
    if wanted and wanted not in columns:
        raise CohortError(f"the cohort has no column '{wanted}'", hint=suggestion(wanted, sorted(columns)))
    for column in sorted(columns):
        values = {
            patient.key: values_of(patient)[column] for patient in cohort.patients if column in values_of(patient)
        }
        if column == wanted or all(value.lower() in _PARTS for value in values.values()):
            told = {scan.id: values[scan.patient] for scan in scans if scan.patient in values}
            yield Division(f"the division by column '{column}'", (told,))


def values_of(patient: Patient) -> Mapping[str, str]:
    """Its labels and covariates."""
    return {**patient.covariates, **patient.labels}


def _by_runs(scans: list[Scan], workspace: Path) -> Iterator[Division]:
    for run in list_runs(workspace):
        sides = [{**dict.fromkeys(train, "train"), **dict.fromkeys(test, "test")} for train, test in _folds(run)]
        folds = tuple({scan.id: side[scan.patient] for scan in scans if scan.patient in side} for side in sides)
        yield Division(f"the division of run {run.name}", folds)


def _folds(run: RunFolder) -> list[tuple[list[str], list[str]]]:
    """Train and test patients by fold; none where the run has no division that can be read."""
    try:
        rows = json.loads((run.path / "division.json").read_text(encoding="utf-8"))
        return [(list(row["train"]), list(row["test"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def is_part(name: str) -> bool:
    """Whether a folder or value names a part of a division."""
    return name.lower() in _PARTS
