"""A folder per patient, its scans inside, a label table beside: `0001/T1.nii.gz`."""

from collections import defaultdict
from collections.abc import Sequence

from engine.cohort.labels import LabelTable
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
from engine.cohort.naming import role_by_name, role_by_title
from engine.registry import Info


def recognise(site: Site) -> Recognition:
    """Sure when the scans lie in folders below the source and none beside them."""
    scans = site.scans
    folders = _by_folder(scans)
    if not folders:
        return Recognition(0.0, "no folder below it holds scans")
    loose = len(scans) - sum(map(len, folders.values()))
    return Recognition(0.4 if loose else 0.9, f"{len(folders)} folders hold scans, {loose} scans lie beside them")


def find(site: Site, table: LabelTable, options: NoOptions) -> Arrangement:
    """A patient per folder, named by the folder."""
    scans = site.scans
    patients = [
        FoundPatient(name, tuple(FoundScan(scan.header, _role(scan, name)) for scan in found), table.row(name))
        for name, found in sorted(_by_folder(scans).items())
    ]
    return Arrangement(patients, "patient")


def _by_folder(scans: Sequence[Placed]) -> dict[str, list[Placed]]:
    folders: dict[str, list[Placed]] = defaultdict(list)
    for scan in scans:
        if scan.folders:
            folders[scan.folders[0]].append(scan)
    return folders


def _role(scan: Placed, patient: str) -> str:
    return role_by_title(scan.header) if scan.header.series else role_by_name(scan.inside, patient)


layouts.register(
    Layout(
        Info("patient-folders", "A folder per patient", "Each folder is a patient; the file names tell the roles."),
        recognise,
        find,
    )
)
