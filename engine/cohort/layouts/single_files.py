"""Scans side by side in one folder, a label table that names files and, where known, patients."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelRow, LabelTable, merged
from engine.cohort.layout import FoundPatient, FoundScan, Layout, Recognition, layouts
from engine.cohort.naming import stem_of
from engine.imaging import ScanHeader
from engine.registry import Info


def recognise(source: Path, scans: Sequence[ScanHeader]) -> Recognition:
    """Sure when all scans lie directly in the folder."""
    loose = _loose(source, scans)
    return Recognition(0.6 if loose else 0.0, f"{len(loose)} scans lie side by side")


def find(source: Path, scans: Sequence[ScanHeader], table: LabelTable) -> tuple[list[FoundPatient], Level]:
    """The patients of the table, by its `patient` column; where it does not name everyone's, one per file.

    The level is patient only if the patient of every file is known. Scans of one file have one owner.
    """
    gathered: dict[str, list[tuple[ScanHeader, LabelRow]]] = defaultdict(list)
    level: Level = "patient"
    for scan in _loose(source, scans):
        file = scan.source.files[0]
        row = table.row(file.name, stem_of(file))
        level = level if row.patient else "image"
        gathered[row.patient or stem_of(file)].append((scan, row))
    return [_patient(owner, owned) for owner, owned in gathered.items()], level


def _loose(source: Path, scans: Sequence[ScanHeader]) -> list[ScanHeader]:
    return [scan for scan in scans if scan.source.files[0].parent == source]


def _patient(owner: str, owned: Sequence[tuple[ScanHeader, LabelRow]]) -> FoundPatient:
    scans = tuple(FoundScan(scan, row.role or scan.source.part or "image") for scan, row in owned)
    return FoundPatient(owner, scans, merged(row for _, row in owned))


layouts.register(
    Layout(
        Info("single-files", "Scans side by side", "One folder of scans; the table tells label and patient of each."),
        recognise,
        find,
    )
)
