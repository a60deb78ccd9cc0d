"""Arrays of pictures with an array of labels: `images` and `labels`, `X` and `y`, `train_images` and `train_labels`.

Both lie in one npz file, or in npy files side by side. Each sample is a scan; which array goes with which is taken from
names and lengths together, and never guessed where these do not fit.
"""

from collections import defaultdict
from collections.abc import Sequence

from engine.cohort.arrays.array_pairs import Labelled, labelled_in
from engine.cohort.cohort import Level
from engine.cohort.columns import Column, natural
from engine.cohort.intake.layout import (
    Arrangement,
    FoundPatient,
    FoundScan,
    Layout,
    NoOptions,
    Recognition,
    Site,
    layouts,
)
from engine.cohort.label_table.labels import LabelRow, LabelTable, divided
from engine.registry import Info

PART = "part"


def recognise(site: Site) -> Recognition:
    """Sure when each file holds pictures and labels of one length that say so by their names."""
    if any(scan.header.source.reader not in ("npz", "npy") for scan in site.scans):
        return Recognition(0.0, "not all files are NumPy arrays")
    found, left = labelled_in(site.scans)
    samples = sum(each.samples.count for each in found)
    if not found:
        return Recognition(0.0, left[0][1] if left else "no array of labels goes with the pictures")
    told = f"{len(found)} arrays hold {samples} pictures, with a label for each"
    if any(each.unsure for each in found) or len({each.samples.path.parent for each in found}) > 1:
        return Recognition(0.45, f"{told}, as far as their lengths tell")
    return Recognition(0.5 if left else 0.97, told)


def find(site: Site, table: LabelTable, options: NoOptions) -> Arrangement:
    """A patient per sample, unless an array says whose each is; what part of a division it is in is a covariate."""
    found, left = labelled_in(site.scans)
    level: Level = "patient" if found and all(each.patients for each in found) else "image"
    owned: dict[str, list[tuple[FoundScan, LabelRow]]] = defaultdict(list)
    for each in found:
        for number, header in enumerate(each.samples.headers()):
            labels = {column: words[number] for column, words in each.labels.items() if words[number]}
            part = {PART: each.part} if each.part else {}
            owner = each.patients[number] if level == "patient" else f"{each.inside.as_posix()}/{header.source.part}"
            owned[owner].append((FoundScan(header, "image"), LabelRow(labels, part, file=header.source.part)))
    patients = [_patient(owner, scans) for owner, scans in owned.items()]
    if mixed := sum(len(_parts(scans)) > 1 for scans in owned.values()):
        told = f"{mixed} patients have pictures in several parts of the division, so '{PART}' is left out for them"
        left = [*left, (found[0].samples.path, told)]
    return Arrangement(patients, level, _columns(found), left)


def _patient(owner: str, owned: Sequence[tuple[FoundScan, LabelRow]]) -> FoundPatient:
    if len(owned) == 1:
        scan, row = owned[0]
        return FoundPatient(owner, (scan,), row)
    told, apart = divided([row for _, row in owned], lambda row: row.file)
    scans = (FoundScan(scan.header, scan.role, "", apart[row.file].labels) for scan, row in owned)
    parts = _parts(owned)
    part = {PART: parts.pop()} if len(parts) == 1 else {}
    return FoundPatient(owner, tuple(scans), LabelRow(told.labels, part))


def _parts(owned: Sequence[tuple[FoundScan, LabelRow]]) -> set[str]:
    return {row.covariates[PART] for _, row in owned if PART in row.covariates}


def _columns(found: Sequence[Labelled]) -> list[Column]:
    """Codes say nothing of an order."""
    classes: dict[str, set[str]] = defaultdict(set)
    for each in found:
        for column, words in each.labels.items():
            classes[column].update(words)
    return [Column(name, "label", "category", tuple(sorted(known, key=natural))) for name, known in classes.items()]


layouts.register(
    Layout(
        Info("labelled-arrays", "Arrays with labels", "NumPy arrays of pictures, and an array with a label for each."),
        recognise,
        find,
    )
)
