"""A folder per patient, its scans inside, a label table beside: `0001/T1.nii.gz`."""

import re
from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelTable
from engine.cohort.layout import FoundPatient, FoundScan, Layout, Recognition, layouts
from engine.cohort.scan_files import scan_files, stem_of
from engine.cohort.workspace import Workspace
from engine.registry import Info


def recognise(source: Path) -> Recognition:
    """Sure when the scans lie in folders below the source and none beside them."""
    folders = [folder for folder in _folders(source) if next(scan_files(folder), None) is not None]
    if not folders:
        return Recognition(0.0, "no folder below it holds scans")
    loose = sum(1 for path in source.iterdir() if path.is_file() and next(scan_files(path), None) is not None)
    return Recognition(0.4 if loose else 0.9, f"{len(folders)} folders hold scans, {loose} scans lie beside them")


def find(source: Path, table: LabelTable) -> tuple[list[FoundPatient], Level]:
    """A patient per folder, named by the folder."""
    patients = []
    for folder in _folders(source):
        scans = tuple(FoundScan(path, _role(path, folder.name)) for path in scan_files(folder))
        if scans:
            patients.append(FoundPatient(folder.name, scans, table.row(folder.name)))
    return patients, "patient"


def _folders(source: Path) -> list[Path]:
    folders = (path for path in source.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(folder for folder in folders if not Workspace.exists(folder))


def _role(path: Path, patient: str) -> str:
    """The last word of the file's name that is not the patient's."""
    elsewhere = rf"(?<![^\W_]){re.escape(patient)}(?![^\W_])"
    words = [word.strip("-. ") for word in re.sub(elsewhere, "", stem_of(path)).split("_")]
    return next((word for word in reversed(words) if word), "image")


layouts.register(
    Layout(
        Info("patient-folders", "A folder per patient", "Each folder is a patient; the file names tell the roles."),
        recognise,
        find,
    )
)
