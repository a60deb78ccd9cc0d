"""What is left of a remedy to do in the cohort as it is now: people may have changed it since the audit."""

from collections.abc import Mapping
from dataclasses import replace

from engine.audit.finding import owners
from engine.audit.keeping_one import interchangeable
from engine.audit.remedy import ExcludeScans, GroupPatients, MergeClasses, Remedy, RepairPictures
from engine.cohort import Cohort, Scan

Scans = Mapping[int, Scan]


def as_it_is_now(remedy: Remedy, cohort: Cohort, scans: Scans) -> Remedy | None:
    """The remedy without what was done already and what has gone; None where nothing of it is left, or safe, to do.

    Of copies one always stays, whichever were excluded by hand. `scans` are those of the cohort by id.
    """
    match remedy:
        case ExcludeScans() | RepairPictures():
            spared = _spared(remedy, cohort, scans) if isinstance(remedy, ExcludeScans) else set()
            left = tuple(number for number in _taking_part(remedy.scans, scans) if number not in spared)
            return replace(remedy, scans=left) if left else None
        case GroupPatients():
            there = (tuple(number for number in group if number in scans) for group in remedy.groups)
            groups = tuple(group for group in there if len(owners(scans[number] for number in group)) > 1)
            return replace(remedy, groups=groups) if groups else None
        case MergeClasses():
            return remedy


def _spared(remedy: ExcludeScans, cohort: Cohort, scans: Scans) -> set[int]:
    """The first of copies that would all go, and all of those between which only people can choose by now."""
    spared: set[int] = set()
    for copies in remedy.copies:
        left = _taking_part(copies, scans)
        if left and not interchangeable(cohort, [scans[number] for number in left]):
            spared.update(left)
        elif set(left) <= set(remedy.scans):
            spared.update(left[:1])
    return spared


def _taking_part(numbers: tuple[int, ...], scans: Scans) -> tuple[int, ...]:
    return tuple(number for number in numbers if number in scans and not scans[number].excluded)
