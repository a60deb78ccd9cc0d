"""The cohort as the window lists it: rows, filters and orders, without a widget."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.cohort import Cohort, Patient, Scan
    from engine.imaging.header import Verdict

NO_LABEL = "no label"
WORST_FIRST: "tuple[Verdict, ...]" = ("fail", "warn", "pass")


@dataclass(frozen=True, slots=True)
class Motif:
    """What there is a thumbnail of: a scan's file, and the name of its content."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A patient in one line. `excluded` has the reasons, where every scan is excluded.

    `certificate` is the worst of the scans in use (of all, where none is), `motif` what its thumbnail shows.
    """

    key: str
    labels: dict[str, str]
    covariates: dict[str, str]
    roles: tuple[str, ...]
    scans: int
    slices: int
    frames: int
    warnings: tuple[str, ...]
    certificate: "Verdict"
    excluded: str
    motif: Motif | None

    def label(self, target: str) -> str:
        return self.labels.get(target, NO_LABEL)

    def words(self) -> str:
        """Everything a search looks through."""
        parts = (self.key, *self.roles, *self.labels.values(), *self.covariates.values(), *self.warnings)
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
    """How many patients and scans a class of a target has."""

    name: str
    patients: int
    scans: int


def rows_of(cohort: "Cohort | None") -> tuple[PatientRow, ...]:
    """A row per patient, in natural order of their pseudonyms."""
    if cohort is None:
        return ()
    return tuple(sorted(map(_row, cohort.patients), key=lambda row: natural(row.key)))


def head_counts(rows: Iterable[PatientRow], target: str) -> tuple[HeadCount, ...]:
    """Patients and scans per class, in order of the classes' names; the unlabelled last."""
    patients, scans = Counter[str](), Counter[str]()
    for row in rows:
        patients[row.label(target)] += 1
        scans[row.label(target)] += row.scans
    order = sorted(patients, key=lambda name: (name == NO_LABEL, natural(name)))
    return tuple(HeadCount(name, patients[name], scans[name]) for name in order)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts "P-9" before "P-10"."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 patient", "33 patients"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", "\u2009")


def _row(patient: "Patient") -> PatientRow:
    used = [scan for scan in patient.scans if not scan.excluded]
    shown = used or list(patient.scans)
    reasons = dict.fromkeys(scan.excluded for scan in patient.scans if scan.excluded)
    return PatientRow(
        key=patient.key,
        labels=dict(patient.labels),
        covariates=dict(patient.covariates),
        roles=tuple(dict.fromkeys(scan.role for scan in patient.scans)),
        scans=len(patient.scans),
        slices=sum(scan.shape[2] for scan in used),
        frames=max((scan.frames for scan in used), default=0),
        warnings=tuple(dict.fromkeys(warning for scan in used for warning in scan.warnings)),
        certificate=min(map(_certificate, shown), key=WORST_FIRST.index, default="pass"),
        excluded="" if used else "; ".join(reasons),
        motif=Motif(shown[0].path, shown[0].digest) if shown else None,
    )


def _certificate(scan: "Scan") -> "Verdict":
    """What the import certified; a scan that warns of something never just passes."""
    return "warn" if scan.warnings and scan.certificate == "pass" else scan.certificate
