"""Plain pictures in a folder per class, as collections for machine learning come: `fractured/0001.png`."""

from collections import Counter

from engine.cohort.labels import LabelRow, LabelTable, merged
from engine.cohort.layout import (
    Arrangement,
    FoundPatient,
    FoundScan,
    Layout,
    NoOptions,
    Placed,
    Recognition,
    Site,
    layouts,
)
from engine.cohort.naming import stem_of
from engine.registry import Info

COLUMN = "class"
_MOST_CLASSES = 20
_FEWEST_EACH = 40


def recognise(site: Site) -> Recognition:
    """Sure when few folders hold many plain pictures each, more than anyone takes of one patient."""
    scans = site.scans
    plain = [scan for scan in scans if _is_picture(scan)]
    counts = Counter(scan.folders[-1] for scan in plain if scan.folders)
    if len(plain) < len(scans) or sum(counts.values()) < len(scans) or not 2 <= len(counts) <= _MOST_CLASSES:
        return Recognition(0.0, "its folders are not classes of plain pictures")
    if min(counts.values()) < _FEWEST_EACH:
        return Recognition(0.2, f"{len(counts)} folders hold plain pictures, some of them only a few")
    return Recognition(0.93, f"{len(counts)} folders hold {len(scans)} plain pictures without patients")


def find(site: Site, table: LabelTable, options: NoOptions) -> Arrangement:
    """A patient per picture, since nothing tells which belong together; the label `class` is the folder's name."""
    scans = site.scans
    patients = [_patient(scan, table) for scan in scans if scan.folders]
    return Arrangement(patients, "image")


def _is_picture(scan: Placed) -> bool:
    header = scan.header
    return header.shape[2] == 1 and header.frames == 1 and header.identity is None


def _patient(scan: Placed, table: LabelTable) -> FoundPatient:
    told = table.row(scan.inside.name, stem_of(scan.inside))
    by_folder = LabelRow({COLUMN: scan.folders[-1]})
    name = scan.inside.with_suffix("").as_posix()
    return FoundPatient(name, (FoundScan(scan.header, told.role or "image"),), merged([told, by_folder]))


layouts.register(
    Layout(
        Info("class-folders", "A folder per class", "Each folder is a class of plain pictures; patients are unknown."),
        recognise,
        find,
    )
)
