"""What can be done about copies: all but one excluded, where nothing speaks against it, or their patients made one."""

from collections.abc import Sequence

from engine.audit.finding import owners
from engine.audit.labelled import patients_known
from engine.audit.remedy import ExcludeScans, GroupPatients
from engine.cohort import Cohort, Scan

WHOSE = (
    "Find out whose picture it is and which label is right, and exclude the others; or make the patients one, if they "
    "are the same person."
)


def keeping_one(cohort: Cohort, group: Sequence[Scan], because: str) -> ExcludeScans | None:
    """The remedy that excludes all but the first; None across patients or labels, where nobody knows which to keep."""
    if not interchangeable(cohort, group):
        return None
    numbers = tuple(scan.id for scan in group)
    return ExcludeScans(numbers[1:], because, copies=(numbers,))


def interchangeable(cohort: Cohort, group: Sequence[Scan]) -> bool:
    """Whether it is all one which of the copies is kept: they have one label and are of one patient.

    Where patients are unknown, pictures count as patients of their own, so that only their labels are compared.
    """
    if len({_called(cohort, scan) for scan in group}) > 1:
        return False
    return len(owners(group)) == 1 or not patients_known(cohort)


def one_patient(cohort: Cohort, group: Sequence[Scan]) -> tuple[GroupPatients, ...]:
    """What makes one patient of those who share a picture: all their scans; nothing where they are one already."""
    people = [cohort.by_key[key] for key in owners(group)]
    if len(people) < 2:
        return ()
    scans = tuple(scan.id for patient in people for scan in patient.scans)
    return (GroupPatients((scans,), likely=cohort.level == "image"),)


def _called(cohort: Cohort, scan: Scan) -> tuple[tuple[str, str], ...]:
    """All labels of a scan."""
    patient = cohort.by_key[scan.patient]
    return tuple(sorted({**patient.labels, **scan.labels}.items()))
