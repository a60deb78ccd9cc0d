"""The cohort as the window lists it: rows, filters and orders, without a widget."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.cohort import Cohort, Patient, Scan
    from engine.imaging import ScanSource
    from engine.imaging.doubt import Doubt, Verdict

NO_LABEL = "no label"
WORST_FIRST: "tuple[Verdict, ...]" = ("fail", "warn", "pass")
GRAVEST_FIRST = ("fail", "warn", "note")


@dataclass(frozen=True, slots=True)
class Motif:
    """What there is a thumbnail of: a scan, or the one in a file, and the name of its content."""

    source: "ScanSource | Path"
    digest: str

    @property
    def path(self) -> Path:
        """What people call its place."""
        return self.source if isinstance(self.source, Path) else self.source.path


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A patient in one line. `name` is how it is shown, `excluded` why it takes part in nothing, where it does not.

    `certificate` is the worst of the scans that nobody excluded (of all, where none is left); `failed` of them are
    kept out of training until somebody accepts them. `motif` is what its thumbnail shows.
    """

    key: str
    name: str
    labels: dict[str, str]
    covariates: dict[str, str]
    roles: tuple[str, ...]
    scans: int
    slices: int
    frames: int
    warnings: tuple[str, ...]
    certificate: "Verdict"
    failed: int
    excluded: str
    motif: Motif | None

    @property
    def standing(self) -> str:
        """What keeps the patient, or some of its scans, out of training; empty where nothing does."""
        if self.failed:
            return f"{counted(self.failed, 'scan')} kept out of training until accepted"
        return f"Excluded: {self.excluded}" if self.excluded else ""

    def label(self, target: str) -> str:
        return self.labels.get(target, NO_LABEL)

    def words(self) -> str:
        """Everything a search looks through."""
        parts = (self.key, self.name, *self.roles, *self.labels.values(), *self.covariates.values(), *self.warnings)
        return " ".join(parts).casefold()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are listed: those that hold every word, and of each target named one of the classes chosen."""

    words: str = ""
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def accepts(self, row: PatientRow) -> bool:
        for target, chosen in self.classes.items():
            if chosen and row.label(target) not in chosen:
                return False
        text = row.words()
        return all(word in text for word in self.words.casefold().split())

    def toggled(self, target: str, name: str) -> "Filter":
        """The filter with one more class of a target chosen, or one less."""
        chosen = self.classes.get(target, frozenset()) ^ {name}
        return Filter(self.words, {**self.classes, target: chosen})


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many patients and scans a class of a target has; `idle` of the patients take part in nothing."""

    name: str
    patients: int
    scans: int
    idle: int = 0


def rows_of(cohort: "Cohort | None", *, by_id: bool = False) -> tuple[PatientRow, ...]:
    """A row per patient, in natural order of their pseudonyms; `by_id` shows them as `patient_name` says."""
    if cohort is None:
        return ()
    rows = (_row(patient, patient_name(patient, by_id=by_id)) for patient in cohort.patients)
    return tuple(sorted(rows, key=lambda row: natural(row.key)))


def patient_name(patient: "Patient", *, by_id: bool) -> str:
    """How a patient is shown in the window: by its pseudonym, or by the id that its files gave it.

    The id is for the screen of who may see it: it goes into no log, title, report or exported table.
    """
    return patient.source_id if by_id and patient.source_id else patient.key


def head_counts(rows: Iterable[PatientRow], target: str) -> tuple[HeadCount, ...]:
    """Patients and scans per class, in order of the classes' names; the unlabelled last."""
    patients, scans, idle = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        patients[row.label(target)] += 1
        scans[row.label(target)] += row.scans
        idle[row.label(target)] += bool(row.excluded)
    order = sorted(patients, key=lambda name: (name == NO_LABEL, natural(name)))
    return tuple(HeadCount(name, patients[name], scans[name], idle[name]) for name in order)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts "P-9" before "P-10"."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 patient", "33 patients"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", "\u2009")


def _row(patient: "Patient", name: str) -> PatientRow:
    used = [scan for scan in patient.scans if not scan.kept_out]
    wanted = [scan for scan in patient.scans if not scan.excluded] or list(patient.scans)
    reasons = dict.fromkeys(scan.kept_out for scan in patient.scans if scan.kept_out)
    shown = (used or wanted)[:1]
    return PatientRow(
        key=patient.key,
        name=name,
        labels=dict(patient.labels),
        covariates=dict(patient.covariates),
        roles=tuple(dict.fromkeys(scan.role for scan in patient.scans)),
        scans=len(patient.scans),
        slices=sum(scan.shape[2] for scan in used),
        frames=max((scan.frames for scan in used), default=0),
        warnings=tuple(dict.fromkeys(doubt.text for scan in wanted for doubt in graver_first(scan.doubts))),
        certificate=min((scan.certificate for scan in wanted), key=WORST_FIRST.index, default="pass"),
        failed=sum(is_failed(scan) for scan in patient.scans),
        excluded="" if used else "; ".join(reasons),
        motif=next((Motif(scan.source, scan.digest) for scan in shown), None),
    )


def graver_first(doubts: "Iterable[Doubt]", *, notes: bool = False) -> "list[Doubt]":
    """The doubts from the gravest; those that are mere notes only where asked for."""
    told = [doubt for doubt in doubts if notes or doubt.severity != "note"]
    return sorted(told, key=lambda doubt: GRAVEST_FIRST.index(doubt.severity))


def is_failed(scan: "Scan") -> bool:
    """Whether a scan is kept out of training because of its certificate alone."""
    return bool(scan.kept_out) and not scan.excluded
