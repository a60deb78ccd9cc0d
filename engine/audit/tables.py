"""The label tables that lie beside the scans: what they said before an import made one label of it."""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.cohort import Cohort, Patient
from engine.cohort.label_table.labels import NAMES, LabelTable
from engine.cohort.label_table.tables import read_table
from engine.cohort.naming import stem_of
from engine.errors import CohortError

_LEVELS = 3


def tables(cohort: Cohort) -> list[LabelTable]:
    """Those under a usual name in the scans' folders or just above; what cannot be read is left out."""
    folders = {scan.source.files[0].parent for scan in cohort.scans}
    above = {folder.parents[level] for folder in folders for level in range(min(_LEVELS - 1, len(folder.parents)))}
    found = (folder / name for folder in sorted(folders | above) for name in NAMES)
    return [table for path in found if (table := _read(path)) is not None]


def names_of(cohort: Cohort) -> Mapping[str, Patient]:
    """Each patient by the names a table may use: its own, and those of its files and folder; accents composed."""
    named: dict[str, Patient] = {}
    for patient in cohort.patients:
        for name in _names(patient):
            named.setdefault(unicodedata.normalize("NFC", name), patient)
    return named


def _names(patient: Patient) -> Iterator[str]:
    yield patient.source_id
    for scan in patient.scans:
        file = scan.source.files[0]
        yield from (file.name, stem_of(file), file.parent.name)


def _read(path: Path) -> LabelTable | None:
    try:
        return read_table(path) if path.is_file() else None
    except (CohortError, OSError):
        return None
