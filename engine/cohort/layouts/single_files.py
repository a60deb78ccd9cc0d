"""Scans side by side in one folder, a label table that names files and, where known, patients."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelRow, LabelTable, merged
from engine.cohort.layout import FoundPatient, FoundScan, Layout, Recognition, layouts
from engine.cohort.scan_files import scan_files, stem_of
from engine.registry import Info


def recognise(source: Path) -> Recognition:
    """Sure when all scans lie directly in the folder."""
    loose = _files(source)
    return Recognition(0.6 if loose else 0.0, f"{len(loose)} scans lie side by side")


def find(source: Path, table: LabelTable) -> tuple[list[FoundPatient], Level]:
    """The patients of the table, by its `patient` column; where it does not name everyone's, one per file.

    The level is patient only if the patient of every file is known.
    """
    rows = {path: table.row(path.name, stem_of(path)) for path in _files(source)}
    gathered: dict[str, list[Path]] = defaultdict(list)
    for path, row in rows.items():
        gathered[row.patient or stem_of(path)].append(path)
    level: Level = "patient" if all(row.patient for row in rows.values()) else "image"
    return [_patient(owner, {path: rows[path] for path in paths}) for owner, paths in gathered.items()], level


def _files(source: Path) -> list[Path]:
    return [path for entry in sorted(source.iterdir()) if entry.is_file() for path in scan_files(entry)]


def _patient(owner: str, rows: Mapping[Path, LabelRow]) -> FoundPatient:
    scans = tuple(FoundScan(path, row.role or "image") for path, row in rows.items())
    return FoundPatient(owner, scans, merged(rows.values()))


layouts.register(
    Layout(
        Info("single-files", "Scans side by side", "One folder of scans; the table tells label and patient of each."),
        recognise,
        find,
    )
)
