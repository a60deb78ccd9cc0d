"""What a scan can be compared with, by name."""

from dataclasses import dataclass

from desktop.comparing.comparison import Other, scan_like
from desktop.comparing.names import Names
from engine.cohort.cohort import Cohort


@dataclass(frozen=True)
class Candidate:
    """`name` says all that tells it from the scan in front, `group` what it has in common with it."""

    name: str
    group: str
    other: Other


def candidates(names: Names, cohort: Cohort) -> tuple[Candidate, ...]:
    """The other scans of the patient, the frames of the scan, and a scan like it of every other patient."""
    front, patient = names.front, names.patient
    own = [Other(scan) for scan in (() if patient is None else patient.scans) if scan.id != front.id]
    frames = [Other(front, frame) for frame in range(front.frames)] if front.frames > 1 else []
    theirs = [scan_like(each, front.role) for each in cohort.patients if each.key != front.patient]
    groups = (
        (f"{names.named(front.patient)}: other scans", own),
        (f"{front.role}: frames", frames),
        ("Other patients", [Other(scan) for scan in theirs if scan is not None]),
    )
    return tuple(Candidate(names.of(other), group, other) for group, others in groups for other in others)
