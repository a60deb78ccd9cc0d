"""The same picture under two names: patients who share content must not lie on two sides."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.pseudonyms import heads, named
from engine.cohort.dividing.subjects import Subjects


def copies_on_two_sides(folds: Sequence[Fold], subjects: Subjects) -> Iterator[str]:
    """A sentence where scans of the same content are trained on and tested (or watched) in a fold."""
    alike = _alike(subjects)
    torn, where = set[str](), 0
    for fold in folds if alike else ():
        side = {key: part for part, members in fold.parts.items() for key in members}
        found = {key for group in alike if len({side[key] for key in group if key in side}) > 1 for key in group}
        torn, where = torn | found, where + bool(found)
    if torn:
        folds_told = f"{where} of {len(folds)} folds" if len(folds) > 1 else "this division"
        yield (
            f"Scans of {heads(len(torn))} have the same content as those of somebody on another side in {folds_told}: "
            f"{named(torn)}. This leaks; the audit says which scans, and can exclude them."
        )


def _alike(subjects: Subjects) -> list[set[str]]:
    """Patients who share a scan's content, excluded scans apart."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key in subjects.patients:
        if key in subjects.people:
            for scan in subjects.people[key].scans:
                if scan.digest and not scan.excluded:
                    owners[scan.digest].add(key)
    return [group for group in owners.values() if len(group) > 1]
