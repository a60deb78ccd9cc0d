"""Folders whose pictures look like the slices of one scan, and what the folders around them seem to be."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.cohort.names.classes import are_classes, are_counted, are_grades
from engine.cohort.names.parts import Divided
from engine.imaging import ScanHeader

Folders = Literal["patient", "class/patient", "patient/scan", "class/patient/scan"]

_FEWEST = 3
_MOST_CLASSES = 20
_MOST = 0.9
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class StackFolders:
    """How sure it is that the pictures of each folder are one scan, why, and what the folders are."""

    sure: float
    reason: str
    folders: Folders = "patient"


def stack_folders(places: Sequence[Divided]) -> StackFolders:
    """What some scans and their folders seem to be."""
    if not all(place.inner and _is_picture(place) for place in places):
        return StackFolders(0.0, "its folders do not hold pictures only")
    groups = by_folder(places)
    stacks = [group for group in groups.values() if _looks_stacked(group)]
    told = f"{len(stacks)} of {len(groups)} folders hold {_FEWEST} or more numbered pictures of one size"
    if len(stacks) < 2 or len(stacks) < _MOST * len(groups):
        return StackFolders(0.0, told)
    folders = _folders(places)
    last = {place.folders[-1] for place in places}
    deep = folders != "patient"
    if not deep and (are_classes(last) or are_grades(last)):
        return StackFolders(0.2, f"{told}, but are called as classes are", folders)
    if deep or are_counted(last) or len(last) > _MOST_CLASSES:
        return StackFolders(0.945, told, folders)
    return StackFolders(0.5, told, folders)


def by_folder(places: Sequence[Divided]) -> Mapping[Path, list[Divided]]:
    """The scans that lie in one folder, by its path."""
    groups: dict[Path, list[Divided]] = defaultdict(list)
    for place in places:
        groups[place.scan.inside.parent].append(place)
    return groups


def kind_of(header: ScanHeader) -> tuple[object, ...]:
    """In what pictures of one stack are alike."""
    return header.shape, header.dtype


def _looks_stacked(group: Sequence[Divided]) -> bool:
    """Whether there are three and more, of one size, with names that differ in numbers only."""
    names = {_NUMBER.sub("#", place.scan.inside.stem) for place in group}
    sizes = {kind_of(place.scan.header) for place in group}
    return len(group) >= _FEWEST and len(sizes) == len(names) == 1 and "#" in next(iter(names))


def _folders(places: Sequence[Divided]) -> Folders:
    """What the folders seem to be, by their number and names."""
    depth = min(len(place.inner) for place in places)
    above = {place.inner[-2] for place in places if len(place.inner) > 1}
    last = {place.inner[-1] for place in places}
    if depth < 2:
        return "patient"
    if depth > 2:
        return "class/patient/scan"
    classes = are_classes(above) or (not are_counted(above) and are_counted(last) and len(above) <= _MOST_CLASSES)
    return "class/patient" if classes and not are_classes(last) else "patient/scan"


def _is_picture(place: Divided) -> bool:
    header = place.scan.header
    return header.source.reader == "pictures" and header.shape[2] == 1 and not header.source.part
