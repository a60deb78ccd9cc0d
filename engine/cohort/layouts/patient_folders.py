"""A folder per patient, its scans inside, a label table beside: `0001/T1.nii.gz`."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelTable
from engine.cohort.layout import FoundPatient, FoundScan, Layout, Recognition, layouts
from engine.cohort.naming import role_by_name, role_by_title
from engine.imaging import ScanHeader
from engine.registry import Info


def recognise(source: Path, scans: Sequence[ScanHeader]) -> Recognition:
    """Sure when the scans lie in folders below the source and none beside them."""
    folders = _by_folder(source, scans)
    if not folders:
        return Recognition(0.0, "no folder below it holds scans")
    loose = len(scans) - sum(map(len, folders.values()))
    return Recognition(0.4 if loose else 0.9, f"{len(folders)} folders hold scans, {loose} scans lie beside them")


def find(source: Path, scans: Sequence[ScanHeader], table: LabelTable) -> tuple[list[FoundPatient], Level]:
    """A patient per folder, named by the folder."""
    patients = [
        FoundPatient(name, tuple(FoundScan(scan, _role(scan, name)) for scan in found), table.row(name))
        for name, found in sorted(_by_folder(source, scans).items())
    ]
    return patients, "patient"


def _by_folder(source: Path, scans: Sequence[ScanHeader]) -> dict[str, list[ScanHeader]]:
    folders: dict[str, list[ScanHeader]] = defaultdict(list)
    for scan in scans:
        inside = scan.source.files[0].relative_to(source).parts
        if len(inside) > 1:
            folders[inside[0]].append(scan)
    return folders


def _role(scan: ScanHeader, patient: str) -> str:
    return role_by_title(scan) if scan.series else role_by_name(scan.source.files[0], patient)


layouts.register(
    Layout(
        Info("patient-folders", "A folder per patient", "Each folder is a patient; the file names tell the roles."),
        recognise,
        find,
    )
)
