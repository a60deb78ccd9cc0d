"""Whether a finding holds of the cohort as it is now: what was done about it settles it, undoing brings it back."""

from collections.abc import Iterable

from engine.audit.finding import Finding, owners
from engine.audit.remedy import ExcludeScans, GroupPatients, MergeClasses, Remedy, RepairPictures
from engine.cohort import Cohort, Scan

_COPIES = ("duplicate", "near-duplicate")


def settled(finding: Finding, cohort: Cohort, scans: dict[int, Scan]) -> bool:
    """Whether something was done about it since: by its button, or by hand. `scans` are those of the cohort by id."""
    if any(_done(remedy, cohort, scans) for remedy in finding.remedies):
        return True
    there = [scans[scan.id] for scan in finding.scans if scan.id in scans]
    left = [scan for scan in there if not scan.excluded]
    if finding.kind in _COPIES or (finding.kind == "leak" and not finding.groups):
        return len(left) < 2 or (finding.kind == "leak" and len(owners(left)) < 2)
    return bool(there) and not left


def classes_of(cohort: Cohort, column: str) -> set[str]:
    """The classes somebody has, wherever it is said."""
    return {value for value in _values(cohort, column) if value}


def _values(cohort: Cohort, column: str) -> Iterable[str]:
    for patient in cohort.patients:
        yield patient.labels.get(column, "")
        yield from (scan.labels[column] for scan in patient.scans if column in scan.labels)


def _done(remedy: Remedy, cohort: Cohort, scans: dict[int, Scan]) -> bool:
    match remedy:
        case ExcludeScans() | RepairPictures():
            return all(number not in scans or bool(scans[number].excluded) for number in remedy.scans)
        case MergeClasses():
            return not (set(remedy.classes) - {remedy.into}) & classes_of(cohort, remedy.column)
        case GroupPatients():
            groups = ([scans[number] for number in group if number in scans] for group in remedy.groups)
            return all(len(owners(group)) < 2 for group in groups)
