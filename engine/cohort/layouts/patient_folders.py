"""A folder per patient, its scans inside, a label table beside: `0001/T1.nii.gz`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from engine.cohort.columns import Column
from engine.cohort.dividing.part_names import PARTS
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
from engine.cohort.label_table.labels import LabelTable
from engine.cohort.names.parts import Divided, divided
from engine.cohort.naming import role_by_name, role_by_title
from engine.registry import Info

PART = "part"


def recognise(site: Site) -> Recognition:
    """Sure when the scans lie in folders below the source and none beside them."""
    folders = _by_folder(site.scans)
    if not folders:
        return Recognition(0.0, "no folder below it holds scans")
    loose = len(site.scans) - sum(map(len, folders.values()))
    return Recognition(0.4 if loose else 0.9, f"{len(folders)} folders hold scans, {loose} scans lie beside them")


def find(site: Site, table: LabelTable, options: NoOptions) -> Arrangement:
    """A patient per folder, named by the folder; folders such as train and test, if all lie in such, are no patients.

    They become the covariate `part`, or where scans of a patient differ in it, a label of each scan.
    """
    found = sorted(_by_folder(site.scans).items())
    columns = [Column(PART, "covariate", "category", PARTS)] if any(one.part for _, own in found for one in own) else []
    return Arrangement([_patient(name, places, table) for name, places in found], "patient", columns)


def _by_folder(scans: Sequence[Placed]) -> dict[str, list[Divided]]:
    places = divided(scans)
    if not all(place.folders for place in places):
        places = [Divided(scan, scan.folders, ()) for scan in scans if scan.folders]
    folders: dict[str, list[Divided]] = defaultdict(list)
    for place in places:
        folders[place.folders[0]].append(place)
    return folders


def _patient(name: str, places: Sequence[Divided], table: LabelTable) -> FoundPatient:
    told, parts = table.row(name), {place.part for place in places}
    scans = tuple(
        FoundScan(place.scan.header, _role(place.scan, name), labels=_own(place) if len(parts) > 1 else {})
        for place in places
    )
    part = next(iter(parts)) if len(parts) == 1 else None
    return FoundPatient(name, scans, replace(told, covariates=told.covariates | {PART: part}) if part else told)


def _own(place: Divided) -> dict[str, str]:
    return {PART: place.part} if place.part else {}


def _role(scan: Placed, patient: str) -> str:
    return role_by_title(scan.header) if scan.header.series else role_by_name(scan.inside, patient)


layouts.register(
    Layout(
        Info("patient-folders", "A folder per patient", "Each folder is a patient; the file names tell the roles."),
        recognise,
        find,
    )
)
