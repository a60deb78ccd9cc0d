"""What is compared with what, and how: plain data, and how it goes on when something else is in front."""

from dataclasses import dataclass, replace
from typing import Literal

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.pictures.layer import Region, Way

How = Literal["beside", "swipe", "checkers", "fade"]
WAYS: dict[How, Way] = {"swipe": "swipe", "checkers": "checkers"}
FEWEST, MOST = 2, 32
STEP = 0.05


@dataclass(frozen=True)
class Other:
    """What the scan in front is compared with; a `frame` is given where that is another frame of the same scan."""

    scan: Scan
    frame: int | None = None


@dataclass(frozen=True)
class Comparison:
    """The scan in front against an `other`.

    `line` is where across a picture a swipe begins to show it, `share` how far it has faded in, both from 0 to 1;
    `fields` counts those of a board along the shorter side of the picture.
    """

    other: Other
    how: How = "beside"
    line: float = 0.5
    share: float = 0.5
    fields: int = 8

    @property
    def laid(self) -> bool:
        """Whether the other scan lies over the one in front."""
        return self.how != "beside"

    @property
    def region(self) -> Region:
        """Where the other scan is drawn."""
        return Region(WAYS.get(self.how, "whole"), self.line, self.fields)

    @property
    def opacity(self) -> float:
        """How much of it is seen where it is drawn."""
        return self.share if self.how == "fade" else 1.0

    def amount(self) -> float:
        """What its slider sets: line, share, or fields, from 0 to 1."""
        fields = (self.fields - FEWEST) / (MOST - FEWEST)
        return {"swipe": self.line, "fade": self.share, "checkers": fields}.get(self.how, 0.0)

    def at(self, amount: float) -> "Comparison":
        """With line, share, or fields set by the slider."""
        amount = min(max(amount, 0.0), 1.0)
        if self.how == "swipe":
            return replace(self, line=amount)
        if self.how == "fade":
            return replace(self, share=amount)
        return replace(self, fields=FEWEST + round(amount * (MOST - FEWEST)))

    def stepped(self, steps: int) -> "Comparison":
        """A little further: the line, what has faded in, or a field more."""
        if self.how == "checkers":
            return replace(self, fields=min(max(self.fields + steps, FEWEST), MOST))
        return self.at(self.amount() + steps * STEP)


def gone_on(other: Other, before: Scan, front: Scan, cohort: Cohort) -> Other | None:
    """What to compare with now that `front` is in front instead of `before`; None where nothing makes sense."""
    patient = cohort.by_key.get(front.patient)
    if patient is None:
        return None
    if other.frame is not None:
        return None if front.frames < 2 else Other(front, min(other.frame, front.frames - 1))
    if front.id == other.scan.id:
        return Other(before) if before.id in {scan.id for scan in cohort.scans} else None
    found = _like(other.scan, before, front, patient, cohort)
    return None if found is None or found.id == front.id else Other(found)


def next_other(front: Scan, other: Other | None, cohort: Cohort) -> Other | None:
    """The scan like it of the next patient: after the one compared with, or else after the one in front."""
    keys = [patient.key for patient in cohort.patients]
    beside = None if other is None or other.scan.patient == front.patient else other.scan.patient
    if front.patient not in keys:
        return None
    start = keys.index(front.patient if beside is None or beside not in keys else beside)
    around = (cohort.patients[(start + step) % len(keys)] for step in range(1, len(keys) + 1))
    scans = (scan_like(patient, front.role) for patient in around if patient.key != front.patient)
    return next((Other(scan) for scan in scans if scan is not None), None)


def first_other(front: Scan, cohort: Cohort) -> Other | None:
    """What offers itself: another scan of the patient, or another frame, or else the next patient."""
    patient = cohort.by_key.get(front.patient)
    scans = () if patient is None else patient.scans
    own = next((scan for scan in scans if scan.id != front.id and not scan.excluded), None)
    if own is not None:
        return Other(own)
    return Other(front, front.frames - 1) if front.frames > 1 else next_other(front, None, cohort)


def scan_of(patient: Patient, role: str) -> Scan | None:
    """The scan of a role that is best looked at."""
    return patient.scan(role) or next((scan for scan in patient.scans if scan.role == role), None)


def scan_like(patient: Patient, role: str) -> Scan | None:
    """The scan of a role, or else the first that there is."""
    usable = (scan for scan in patient.scans if not scan.excluded)
    return scan_of(patient, role) or next(usable, None)


def _like(other: Scan, before: Scan, front: Scan, patient: Patient, cohort: Cohort) -> Scan | None:
    """The scan that is to `front` what `other` was to `before`."""
    if other.patient == before.patient:
        if front.patient == before.patient:
            return next((scan for scan in patient.scans if scan.id == other.id), None)
        return scan_of(patient, before.role if front.role == other.role else other.role)
    theirs = cohort.by_key.get(other.patient)
    return None if theirs is None or theirs.key == front.patient else scan_of(theirs, front.role)
