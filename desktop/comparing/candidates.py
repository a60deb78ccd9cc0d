"""What a scan can be compared with, by name."""

from dataclasses import dataclass

from desktop.comparing.comparison import Other
from desktop.comparing.names import Names
from engine.cohort.cohort import Cohort


@dataclass(frozen=True)
class Candidate:
    """`name` says all that tells it from the scan in front, `group` what it has in common with it, `excluded` why it
    takes part in nothing."""

    name: str
    group: str
    other: Other

    @property
    def excluded(self) -> str:
        return "" if self.other.frame is not None else self.other.scan.excluded


def candidates(names: Names, cohort: Cohort) -> tuple[Candidate, ...]:
    """The other scans of the patient, the frames of the scan, those like it of every other patient, and all others."""
    front, patient = names.front, names.patient
    own = [Other(scan) for scan in (() if patient is None else patient.scans) if scan.id != front.id]
    frames = [Other(front, frame) for frame in range(front.frames)] if front.frames > 1 else []
    theirs = [Other(scan) for each in cohort.patients if each.key != front.patient for scan in each.scans]
    alike = [other for other in theirs if other.scan.role == front.role]
    unlike = [other for other in theirs if other.scan.role != front.role]
    groups = (
        (f"{names.named(front.patient)}: other scans", own),
        (f"{front.role}: frames", frames),
        (f"Other patients: {front.role}", alike),
        ("Other patients: other scans", unlike),
    )
    return tuple(Candidate(names.of(other), group, other) for group, others in groups for other in others)
