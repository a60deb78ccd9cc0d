"""Whether folders are classes: by their names, by the parts they are divided in, or by how much they hold."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.cohort.dividing.part_names import PARTS
from engine.cohort.intake.layout import Placed
from engine.cohort.names.classes import are_classes, are_counted, are_grades
from engine.cohort.names.parts import Divided

_MOST_CLASSES = 20
_MANY_EACH = 40
_SOME_EACH = 10
_FEW_EACH = 2


@dataclass(frozen=True)
class ClassTree:
    """How sure it is that the folders are classes, why, and whether each holds a folder per patient."""

    sure: float
    reason: str
    patients: bool = False


_NONE = ClassTree(0.0, "its folders are not classes")


def class_tree(places: Sequence[Divided]) -> ClassTree:
    """What the folders of some scans seem to be."""
    if not all(place.inner for place in places):
        return _NONE
    if _patients_inside(places):
        classes = {place.inner[0] for place in places}
        reason = f"{len(classes)} folders of classes hold a folder per patient"
        return ClassTree((0.96 if _named(places) else 0.92) if are_classes(classes) else 0.3, reason, patients=True)
    counts = Counter(classes_of(places))
    if not 2 <= len(counts) <= _MOST_CLASSES or are_counted(counts):
        return _NONE
    return _rated(places, counts)


def classes_of(places: Sequence[Divided]) -> list[str]:
    """The class of each scan: the first folder that is not the same for all, where these are called so, else the last.

    Empty where a scan lies in no folder.
    """
    outer = {place.inner[0] for place in places if place.inner}
    last = {place.folders[-1] for place in places if place.folders}
    if are_classes(outer) and not are_classes(last):
        return [place.inner[0] if place.inner else "" for place in places]
    return [place.folders[-1] if place.folders else "" for place in places]


def is_plain(scan: Placed) -> bool:
    """Whether it is one picture that does not say whose it is."""
    header = scan.header
    return header.shape[2] == 1 and header.frames == 1 and header.identity is None


def _rated(places: Sequence[Divided], counts: Mapping[str, int]) -> ClassTree:
    fewest, told = min(counts.values()), f"{len(counts)} folders hold {len(places)} scans"
    parts = {place.part for place in places if place.part}
    flat = all(is_plain(place.scan) for place in places)
    if parts and _in_several_parts(places) and (fewest >= _FEW_EACH or flat):
        named = ", ".join(part for part in PARTS if part in parts)
        return ClassTree(0.96, f"{told}, divided into {named}")
    if flat and fewest >= _MANY_EACH:
        return ClassTree(0.93, f"{told}: plain pictures without patients")
    if are_classes(counts) and fewest >= _FEW_EACH:
        return ClassTree(0.96, f"{told} and are called as classes are")
    if are_grades(counts) and fewest >= _SOME_EACH and flat:
        return ClassTree(0.92, f"{told} and are called as grades are")
    return ClassTree(0.2, f"{told}, some of them only a few")


def _patients_inside(places: Sequence[Divided]) -> bool:
    """Whether two or more folders hold two or more folders each, called as patients are or more than classes are."""
    folders: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if len(place.inner) < 2:
            return False
        folders[place.inner[0]].add(place.inner[1])
    inside = set[str]().union(*folders.values())
    if not 2 <= len(folders) <= _MOST_CLASSES or min(map(len, folders.values())) < _FEW_EACH or are_classes(inside):
        return False
    return are_classes(folders) or (not are_counted(folders) and are_counted(inside))


def _in_several_parts(places: Sequence[Divided]) -> bool:
    """Whether most classes are found in more than one part."""
    parts: dict[str, set[str]] = defaultdict(set)
    for place, label in zip(places, classes_of(places), strict=True):
        parts[label].add(place.part or "")
    return 2 * sum(len(found) > 1 for found in parts.values()) > len(parts)


def _named(places: Sequence[Divided]) -> bool:
    """Whether scans say themselves whose they are."""
    return any(place.scan.header.identity is not None for place in places)
