"""The cohort as an immutable picture of the store: patients with their scans, labels and covariates."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.cohort.columns import Column, guessed
from engine.errors import CohortError
from engine.imaging.doubt import Doubt, Verdict, verdict_of
from engine.imaging.source import ScanSource
from engine.registry import suggestion

if TYPE_CHECKING:
    from engine.cohort.intake.sources import Source

Level = Literal["patient", "image"]
GONE = "gone"


@dataclass(frozen=True)
class Scan:
    """One image or series of a patient; `shape` is (x, y, z), `digest` names the content of its files.

    `excluded` says why it takes part in nothing; `accepted` why it may although its geometry failed. `visit` tells
    scans of one patient apart in time, `origin` is the name of the source it came from. `labels` are its own: they go
    before its patient's. `stamp` tells, at an import, whether its files changed, or that they are gone.
    """

    id: int
    patient: str
    role: str
    source: ScanSource
    format: str
    shape: tuple[int, int, int]
    frames: int
    digest: str
    doubts: tuple[Doubt, ...] = ()
    excluded: str = ""
    accepted: str = ""
    title: str = ""
    modality: str = ""
    visit: str = ""
    origin: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    stamp: str = field(default="", compare=False)

    @property
    def path(self) -> Path:
        """The file, or the folder of a series."""
        return self.source.path

    @property
    def certificate(self) -> Verdict:
        """Whether its geometry can be trusted."""
        return verdict_of(self.doubts)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Its doubts in words."""
        return tuple(doubt.text for doubt in self.doubts)

    @property
    def gone(self) -> bool:
        """Whether its files were no longer there when they were looked for last."""
        return self.stamp == GONE

    @property
    def kept_out(self) -> str:
        """Why it takes part in no run; empty where it may."""
        if self.excluded:
            return self.excluded
        if self.gone:
            return "its files are gone"
        if self.certificate == "fail" and not self.accepted:
            return "; ".join(doubt.text for doubt in self.doubts if doubt.severity == "fail")
        return ""


@dataclass(frozen=True)
class Patient:
    """The unit of every split; `key` is the pseudonym, `source_id` never leaves the workspace.

    `labels` hold for all its scans that have none of their own; `number` is its row in the database.
    """

    key: str
    source_id: str = field(repr=False)
    labels: Mapping[str, str] = field(default_factory=dict)
    covariates: Mapping[str, str] = field(default_factory=dict)
    scans: tuple[Scan, ...] = ()
    number: int = field(default=0, compare=False)

    def label(self, column: str) -> str:
        """The label of the patient and all its scans; empty where there is none, or scans differ."""
        if not any(scan.labels for scan in self.scans):
            return self.labels.get(column, "")
        found = {self.label_of(scan, column) for scan in self.scans if not scan.excluded}
        return found.pop() if len(found) == 1 else ""

    def label_of(self, scan: Scan, column: str) -> str:
        """The label of one of its scans; empty where there is none."""
        return scan.labels.get(column) or self.labels.get(column, "")

    def scan(self, role: str) -> Scan | None:
        """The first scan of a role that may take part in a run."""
        return next((s for s in self.scans if s.role == role and not s.kept_out), None)

    def unlabelled(self, column: str) -> str:
        """Why it has no one label in a column: none of its scans has one, or they differ."""
        told = any(self.label_of(scan, column) for scan in self.scans if not scan.excluded)
        return f"its scans differ in '{column}'" if told else f"no label '{column}'"

    def lacking(self, role: str) -> str:
        """Why no scan of a role can be used; empty where one can."""
        if self.scan(role) is not None:
            return ""
        reasons = [s.kept_out for s in self.scans if s.role == role]
        return f"no usable {role} scan" + (f" ({'; '.join(reasons)})" if reasons else "")


@dataclass(frozen=True)
class Cohort:
    """All patients of a workspace. `level` is image where the source gave no patient ids.

    `columns` are those somebody described; `column` tells of any. `vault` are the pseudonyms set aside: they take part
    in no division. With `likely_patients` scans were grouped by a guess that was accepted; the level stays image.
    `ever` is how many pseudonyms were given so far; `sources` are the places the scans came from, by name.
    """

    patients: tuple[Patient, ...] = ()
    level: Level = "patient"
    columns: Mapping[str, Column] = field(default_factory=dict)
    vault: frozenset[str] = frozenset()
    likely_patients: bool = False
    ever: int = field(default=0, compare=False)
    sources: Mapping[str, "Source"] = field(default_factory=dict, compare=False)

    @cached_property
    def by_key(self) -> dict[str, Patient]:
        """Patients by pseudonym."""
        return {patient.key: patient for patient in self.patients}

    @property
    def scans(self) -> list[Scan]:
        """All scans, patient after patient."""
        return [scan for patient in self.patients for scan in patient.scans]

    @property
    def label_columns(self) -> list[str]:
        """The label columns in use, sorted."""
        of_patients = {column for patient in self.patients for column in patient.labels}
        return sorted(of_patients.union(*(scan.labels for scan in self.scans if scan.labels)))

    @property
    def covariate_columns(self) -> list[str]:
        """The covariates in use, sorted."""
        return sorted({column for patient in self.patients for column in patient.covariates})

    def column(self, name: str) -> Column:
        """What a label or covariate is: as somebody said, or as its values suggest."""
        if name in self.columns:
            return self.columns[name]
        told = [patient.covariates[name] for patient in self.patients if name in patient.covariates]
        return guessed(name, "covariate", told) if told else guessed(name, "label", self._labels(name))

    def classes(self, column: str) -> list[str]:
        """The classes of a label column that somebody has, in the column's order."""
        return self.column(column).ordered(self._labels(column))

    def _labels(self, column: str) -> set[str]:
        return {
            label for patient in self.patients for scan in patient.scans if (label := patient.label_of(scan, column))
        }

    @property
    def roles(self) -> list[str]:
        """The roles in use, sorted."""
        return sorted({scan.role for scan in self.scans})

    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        """Head counts: `{label column: {class: {"patients": n, "scans": n}}}`."""
        return {column: self._count(column) for column in self.label_columns}

    def _count(self, column: str) -> dict[str, dict[str, int]]:
        """A patient whose scans differ counts once in each of their classes."""
        patients, scans = Counter[str](), Counter[str]()
        for patient in self.patients:
            own = Counter(label for scan in patient.scans if (label := patient.label_of(scan, column)))
            patients.update(own.keys() or filter(None, [patient.labels.get(column)]))
            scans.update(own)
        return {
            name: {"patients": patients[name], "scans": scans[name]} for name in self.column(column).ordered(patients)
        }

    def require_column(self, column: str) -> None:
        """CohortError names the nearest column where no patient has a label in `column`."""
        if column not in self.label_columns:
            hint = suggestion(column, self.label_columns)
            raise CohortError(f"the cohort has no label column '{column}'", hint=hint)

    def having(self, roles: Iterable[str], columns: Iterable[str]) -> tuple["Cohort", list[str]]:
        """The patients that have a scan of every role and a label in every column, and why others have not."""
        roles, columns = list(roles), list(columns)
        kept, reasons = [], []
        for patient in self.patients:
            lacking = [reason for role in roles if (reason := patient.lacking(role))]
            lacking += [patient.unlabelled(column) for column in columns if not patient.label(column)]
            if lacking:
                reasons.append(f"{patient.key} is left out: {', '.join(lacking)}")
            else:
                kept.append(patient)
        return replace(self, patients=tuple(kept)), reasons
