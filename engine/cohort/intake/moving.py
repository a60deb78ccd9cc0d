"""Patients whose files were moved or renamed: known again by what their scans hold."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from engine.cohort.cohort import Cohort, Patient
from engine.cohort.intake.examining import Taken
from engine.cohort.intake.known_scans import KnownScans


def followed(taken: Sequence[Taken], known: KnownScans, cohort: Cohort, name: str) -> list[Taken]:
    """With patients that are new by name only, since all their scans were another's, as that one.

    Its scans from elsewhere, such as mended copies, stay with it; it has none of another source, and all of those of
    the source called `name` moved.
    """
    if not known.moved:
        return list(taken)
    moved = defaultdict[str, int](int)
    for one in taken:
        for key in _former(one, known):
            moved[key] += 1
    there = {one.owner.key for one in taken if one.owner.patient is not None}
    names = Counter(one.owner.source_id for one in taken)
    there.update(one.owner.key for one in taken if names[one.owner.source_id] > 1)
    return [_followed(one, known, cohort, name, moved, there) for one in taken]


def _followed(
    one: Taken, known: KnownScans, cohort: Cohort, name: str, moved: dict[str, int], there: set[str]
) -> Taken:
    former = set(_former(one, known))
    if one.owner.key in there or len(former) != 1:
        return one
    (key,) = former
    if key in there or _former(one, known) != [key] * len(one.scans) or moved[key] != len(one.scans):
        return one
    patient = cohort.by_key[key]
    if not _all_of(patient, name, moved[key]):
        return one
    return replace(
        one, owner=replace(one.owner, number=patient.number, key=key, patient=patient, was=patient.source_id)
    )


def _all_of(patient: Patient, name: str, moved: int) -> bool:
    origins = [scan.origin for scan in patient.scans if scan.origin]
    return set(origins) == {name} and len(origins) == moved


def _former(one: Taken, known: KnownScans) -> list[str]:
    """The patients whose the moved scans among these were."""
    return [before.patient for _, scan in one.scans if (before := known.moved_from(scan)) is not None]
