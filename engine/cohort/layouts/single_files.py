"""Scans side by side in one folder, a label table that names files and, where known, patients."""

from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelTable
from engine.cohort.layout import FoundPatient, FoundScan, Layout, Recognition, layouts
from engine.cohort.scan_files import scan_files, stem_of
from engine.registry import Info


def recognise(source: Path) -> Recognition:
    """Sure when all scans lie directly in the folder."""
    loose = [path for path in _files(source)]
    return Recognition(0.6 if loose else 0.0, f"{len(loose)} scans lie side by side")


def find(source: Path, table: LabelTable) -> tuple[list[FoundPatient], Level]:
    """A patient per file, unless the table's `patient` column gathers files: then the level is patient."""
    gathered: dict[str, list[FoundPatient]] = {}
    for path in _files(source):
        row = table.row(path.name, stem_of(path))
        owner = row.patient or stem_of(path)
        found = FoundPatient(owner, (FoundScan(path, row.role or "image"),), row.labels, row.covariates)
        gathered.setdefault(owner, []).append(found)
    level: Level = "patient" if table.names_patients else "image"
    return [_joined(group) for group in gathered.values()], level


def _files(source: Path) -> list[Path]:
    return [path for entry in sorted(source.iterdir()) if entry.is_file() for path in scan_files(entry)]


def _joined(group: list[FoundPatient]) -> FoundPatient:
    first = group[0]
    scans = tuple(scan for found in group for scan in found.scans)
    return FoundPatient(first.source_id, scans, first.labels, first.covariates)


layouts.register(
    Layout(
        Info("single-files", "Scans side by side", "One folder of scans; the table tells label and patient of each."),
        recognise,
        find,
    )
)
