"""Scans side by side in one folder, a label table that names files and, where known, patients."""

from collections import defaultdict
from collections.abc import Sequence

from engine.cohort.cohort import Level
from engine.cohort.intake.layout import (
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
from engine.cohort.label_table.labels import LabelRow, LabelTable, merged
from engine.cohort.naming import stem_of
from engine.registry import Info


def recognise(site: Site) -> Recognition:
    """Sure when all scans lie directly in the folder."""
    scans = site.scans
    loose = _loose(scans)
    return Recognition(0.6 if loose else 0.0, f"{len(loose)} scans lie side by side")


def find(site: Site, table: LabelTable, options: NoOptions) -> Arrangement:
    """The patients of the table, by its `patient` column; where it does not name everyone's, one per file.

    The level is patient only if the patient of every file is known. Scans of one file have one owner.
    """
    scans = site.scans
    gathered: dict[str, list[tuple[Placed, LabelRow]]] = defaultdict(list)
    level: Level = "patient"
    for scan in _loose(scans):
        row = table.row(scan.inside.name, stem_of(scan.inside))
        level = level if row.patient else "image"
        gathered[row.patient or stem_of(scan.inside)].append((scan, row))
    return Arrangement([_patient(owner, owned) for owner, owned in gathered.items()], level)


def _loose(scans: Sequence[Placed]) -> list[Placed]:
    return [scan for scan in scans if not scan.folders]


def _patient(owner: str, owned: Sequence[tuple[Placed, LabelRow]]) -> FoundPatient:
    scans = tuple(FoundScan(scan.header, row.role or scan.header.source.part or "image") for scan, row in owned)
    return FoundPatient(owner, scans, merged(row for _, row in owned))


layouts.register(
    Layout(
        Info("single-files", "Scans side by side", "One folder of scans; the table tells label and patient of each."),
        recognise,
        find,
    )
)
