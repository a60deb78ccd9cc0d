"""The cohort as the window lists it: rows, filters and orders, without a widget."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True, eq=False)
class PatientRow:
    """A patient in one line. `name` is how it is shown, `excluded` why it takes part in nothing, where it does not.

    `certificate` is the worst of the scans that nobody excluded (of all, where none is left); `failed` of them are
    kept out of training until somebody accepts them. `motif` is what its thumbnail shows. `several` are the classes of
    a label in which its scans differ, `out` the reasons for which scans are excluded, `words` what a search looks
    through. `vault` tells whether it is set aside for the last test.
    """

    patient: "Patient"
    key: str
    name: str
    labels: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]
    covariates: Mapping[str, str]
    roles: tuple[str, ...]
    visits: tuple[str, ...]
    origins: tuple[str, ...]
    scans: int
    slices: int
    frames: int
    warnings: tuple[str, ...]
    certificate: "Verdict"
    failed: int
    excluded: str
    out: tuple[str, ...]
    motif: Motif | None
    words: str
    vault: bool = False

    @property
    def standing(self) -> str:
        """What keeps the patient, or some of its scans, out of training; empty where nothing does."""
        if self.failed:
            return f"{counted(self.failed, 'scan')} kept out of training until accepted"
        return f"Excluded: {self.excluded}" if self.excluded else ""

    @property
    def scan_numbers(self) -> tuple[int, ...]:
        """The ids of its scans."""
        return tuple(scan.id for scan in self.patient.scans)

    def label(self, target: str) -> str:
        """Its label, or all of them where its scans differ."""
        return ", ".join(self.classes(target))

    def classes(self, target: str) -> tuple[str, ...]:
        """The classes it belongs to: one, unless its scans differ."""
        return self.several.get(target) or (self.labels.get(target, NO_LABEL),)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are listed: those that a search finds, and of each target named one of the classes chosen."""

    words: str = ""
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, rows: Sequence[PatientRow]) -> list[PatientRow]:
        """The rows it lets through, in their order."""
        from desktop.cohort_search import found

        kept = found(rows, self.words)
        for target, chosen in self.classes.items():
            if chosen:
                kept = [row for row in kept if not chosen.isdisjoint(row.classes(target))]
        return kept

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
    rows = (row_of(patient, by_id=by_id, vault=patient.key in cohort.vault) for patient in cohort.patients)
    return tuple(sorted(rows, key=lambda row: natural(row.key)))


def patient_name(patient: "Patient", *, by_id: bool) -> str:
    """How a patient is shown in the window: by its pseudonym, or by the id that its files gave it.

    The id is for the screen of who may see it: it goes into no log, title, report or exported table.
    """
    return patient.source_id if by_id and patient.source_id else patient.key


def head_counts(
    rows: Iterable[PatientRow], target: str, order: Callable[[Collection[str]], list[str]] | None = None
) -> tuple[HeadCount, ...]:
    """Patients and scans per class, in order of the classes' names unless told otherwise; the unlabelled last."""
    patients, scans, idle = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        for name in row.classes(target):
            patients[name] += 1
            scans[name] += row.scans if target not in row.several else of_class(row, target, name)
            if row.excluded:
                idle[name] += 1
    named = [name for name in patients if name != NO_LABEL]
    names = sorted(named, key=natural) if order is None else order(named)
    names += [NO_LABEL] * (NO_LABEL in patients)
    return tuple(HeadCount(name, patients[name], scans[name], idle[name]) for name in names)


def of_class(row: PatientRow, target: str, name: str) -> int:
    return sum((row.patient.label_of(scan, target) or NO_LABEL) == name for scan in row.patient.scans)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts "P-9" before "P-10"."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 patient", "33 patients"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", "\u2009")


def row_of(patient: "Patient", *, by_id: bool = False, vault: bool = False) -> PatientRow:
    """The row of a patient."""
    scans = patient.scans
    used = [scan for scan in scans if not scan.kept_out]
    wanted = [scan for scan in scans if not scan.excluded] or scans
    reasons = dict.fromkeys(scan.kept_out for scan in scans if scan.kept_out) if len(used) < len(scans) else {}
    labels, several = _labels(patient)
    name = patient_name(patient, by_id=by_id)
    roles = tuple(dict.fromkeys(scan.role for scan in scans))
    visits = tuple(dict.fromkeys(scan.visit for scan in scans if scan.visit))
    origins = tuple(dict.fromkeys(scan.origin for scan in scans if scan.origin))
    warnings = tuple(dict.fromkeys(d.text for scan in wanted if scan.doubts for d in graver_first(scan.doubts)))
    classes = (*labels.values(), *(one for names in several.values() for one in names))
    words = (patient.key, name, *roles, *visits, *origins, *classes, *patient.covariates.values(), *warnings, *reasons)
    return PatientRow(
        patient=patient,
        key=patient.key,
        name=name,
        labels=labels,
        several=several,
        covariates=patient.covariates,
        roles=roles,
        visits=visits,
        origins=origins,
        scans=len(scans),
        slices=sum(scan.shape[2] for scan in used),
        frames=max((scan.frames for scan in used), default=0),
        warnings=warnings,
        certificate=min((s.certificate for s in wanted if s.doubts), key=WORST_FIRST.index, default="pass"),
        failed=sum(is_failed(scan) for scan in scans) if reasons else 0,
        excluded="" if used else "; ".join(reasons),
        out=tuple(dict.fromkeys(scan.excluded for scan in scans if scan.excluded)) if reasons else (),
        motif=next((Motif(scan.source, scan.digest) for scan in (used or wanted)[:1]), None),
        words=" ".join(words).casefold(),
        vault=vault,
    )


def _labels(patient: "Patient") -> "tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]":
    """The labels that hold for all scans, and the classes of those in which they differ."""
    if not any(scan.labels for scan in patient.scans):
        return patient.labels, {}
    told, several = dict[str, str](), dict[str, tuple[str, ...]]()
    scans = [scan for scan in patient.scans if not scan.excluded] or patient.scans
    for target in sorted(set(patient.labels).union(*(scan.labels for scan in scans))):
        found = {patient.label_of(scan, target) or NO_LABEL for scan in scans}
        if len(found) > 1:
            several[target] = tuple(sorted(found, key=natural))
        else:
            told[target] = found.pop()
    return told, several


def graver_first(doubts: "Iterable[Doubt]", *, notes: bool = False) -> "list[Doubt]":
    """The doubts from the gravest; those that are mere notes only where asked for."""
    told = [doubt for doubt in doubts if notes or doubt.severity != "note"]
    return sorted(told, key=lambda doubt: GRAVEST_FIRST.index(doubt.severity))


def is_failed(scan: "Scan") -> bool:
    """Whether a scan is kept out of training because of its certificate alone."""
    return bool(scan.kept_out) and not scan.excluded
