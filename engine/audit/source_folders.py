"""From which folder a scan came, as far as this may tell something: a site, a date, a batch."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from engine.audit.divisions import is_part
from engine.audit.labelled import by_label
from engine.cohort import Cohort, Scan

Parts = tuple[str, ...]


def source_folders(cohort: Cohort, scans: Sequence[Scan]) -> Mapping[int, str]:
    """By scan, the folders below the cohort's common one, without the patient's own and those of classes and parts."""
    folders = below_common([scan.source.files[0].parent.parts for scan in scans])
    classes = {value.lower() for column in cohort.label_columns for value in by_label(cohort, column)}
    own = _of_one_patient(scans, folders, classes) if cohort.level == "patient" else set[Parts]()
    found = {}
    for scan, folder in zip(scans, folders, strict=True):
        known = {*classes, cohort.by_key[scan.patient].source_id.lower()}
        named = [
            name
            for depth, name in enumerate(folder)
            if folder[: depth + 1] not in own and name.lower() not in known and not is_part(name)
        ]
        found[scan.id] = "/".join(named) or "."
    return found


def below_common(folders: Sequence[Parts]) -> list[Parts]:
    """Folders without the parts that all have in common; on several drives that is none."""
    if not folders:
        return []
    first, last = min(folders), max(folders)
    common = next((depth for depth, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    common = min(len(first), len(last)) if common is None else common
    return [folder[common:] for folder in folders]


def _of_one_patient(scans: Sequence[Scan], folders: Sequence[Parts], classes: Collection[str]) -> set[Parts]:
    """The topmost folders that hold one patient's scans alone; those of a class or part are no patient's own."""
    inside: dict[Parts, set[str]] = defaultdict(set)
    for scan, folder in zip(scans, folders, strict=True):
        for depth in range(len(folder)):
            inside[folder[: depth + 1]].add(scan.patient)
    alone = (folder for folder, people in inside.items() if len(people) == 1)
    single = {folder for folder in alone if folder[-1].lower() not in classes and not is_part(folder[-1])}
    return {folder for folder in single if folder[:-1] not in single}
