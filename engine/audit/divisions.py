"""The divisions a cohort comes with, or was given: by folders called train and test, by a column, saved, by runs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.audit.saved_folds import of_runs, of_workspace
from engine.cohort import Cohort, Patient, Scan
from engine.cohort.dividing.part_names import folder_part, part_named
from engine.errors import CohortError
from engine.registry import suggestion

BY_FOLDERS, TEST = "folders", "test"


@dataclass(frozen=True)
class Division:
    """Which part each scan (by id) lies in, fold by fold. A user asks for it as `key`; `name` is a clause."""

    key: str
    name: str
    folds: tuple[Mapping[int, str], ...]

    @property
    def divides(self) -> bool:
        """Whether there are at least two parts."""
        return any(len(set(parts.values())) > 1 for parts in self.folds)

    def split(self, scans: Sequence[Scan]) -> bool:
        """Whether the scans lie in several parts of a fold."""
        return any(len({parts[scan.id] for scan in scans if scan.id in parts}) > 1 for parts in self.folds)


def divisions_of(cohort: Cohort, scans: Iterable[Scan], workspace: Path, wanted: str = "") -> list[Division]:
    """All divisions of the scans that have at least two parts, or the one that is wanted.

    That may be "folders", or the name of a column, a saved division or a run. CohortError where there is none such.
    """
    listed = list(scans)
    found = [_by_folders(listed), *_by_columns(cohort, listed, wanted), *_given(listed, workspace)]
    dividing = [division for division in found if division.divides]
    if not wanted:
        return [one for at, one in enumerate(dividing) if all(one.folds != other.folds for other in dividing[:at])]
    if all(division.key != wanted for division in found):
        hint = suggestion(wanted, sorted({*(division.key for division in found), *_columns(cohort)}))
        raise CohortError(f"there is no division or column '{wanted}'", hint=hint)
    return [division for division in dividing if division.key == wanted]


def choices(cohort: Cohort, workspace: Path) -> list[tuple[str, str]]:
    """What `wanted` may be, each with words for it: those that divide first, then every other column."""
    told = [(one.key, one.name) for one in divisions_of(cohort, cohort.scans, workspace)]
    known = {key for key, _ in told}
    return [*told, *((name, f"the column '{name}'") for name in _columns(cohort) if name not in known)]


def _by_folders(scans: Iterable[Scan]) -> Division:
    parts = {scan.id: part for scan in scans if (part := folder_part(scan.path))}
    return Division(BY_FOLDERS, "the division by folders", (parts,))


def _by_columns(cohort: Cohort, scans: Sequence[Scan], wanted: str) -> Iterator[Division]:
    for column in _columns(cohort):
        told = {scan.id: value for scan in scans if (value := _value(cohort.by_key[scan.patient], scan, column))}
        parts = all(map(is_part, set(told.values())))
        if column == wanted or (told and parts):
            told = {scan: part_named(value) or value for scan, value in told.items()} if parts else told
            yield Division(column, f"the division by column '{column}'", (told,))


def _columns(cohort: Cohort) -> list[str]:
    return sorted({*cohort.label_columns, *cohort.covariate_columns})


def _value(patient: Patient, scan: Scan, column: str) -> str:
    return patient.label_of(scan, column) or patient.covariates.get(column, "")


def values_of(patient: Patient) -> Mapping[str, str]:
    """Its labels and covariates."""
    return {**patient.covariates, **patient.labels}


def _given(scans: Sequence[Scan], workspace: Path) -> Iterator[Division]:
    """By patients: those saved in the workspace, and those of its runs."""
    for key, name, folds in (*of_workspace(workspace), *of_runs(workspace)):
        parts = ({scan.id: fold[scan.patient] for scan in scans if scan.patient in fold} for fold in folds)
        yield Division(key, name, tuple(parts))


def is_part(name: str) -> bool:
    """Whether a folder or value names a part of a division."""
    return part_named(name) is not None
