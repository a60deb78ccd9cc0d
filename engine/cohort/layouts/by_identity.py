"""Scans that say themselves whose they are, as DICOM does, in folders of any shape."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

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
from engine.cohort.label_table.labels import LabelRow, LabelTable
from engine.cohort.names.study_visits import visits_of
from engine.cohort.naming import role_by_title
from engine.imaging.header import Identity
from engine.imaging.pseudonyms import person_keys
from engine.registry import Info

_COVARIATES = ("age", "sex")


def recognise(site: Site) -> Recognition:
    """Sure when every scan names its patient; by the number of those that do otherwise."""
    scans = site.scans
    people = person_keys(scan.header.identity for scan in scans)
    named = [scan for scan in scans if scan.header.identity in people]
    if not named:
        return Recognition(0.0, "no scan says whose it is")
    share = len(named) / len(scans)
    return Recognition(0.95 if share == 1 else 0.85 * share, f"{len(named)} of {len(scans)} scans say whose they are")


def find(site: Site, table: LabelTable, options: NoOptions) -> Arrangement:
    """A patient per person, visits by the days of the studies.

    A scan that names nobody counts as its study; then the level is image.
    """
    scans = site.scans
    people = person_keys(scan.header.identity for scan in scans)
    gathered: dict[str, list[Placed]] = defaultdict(list)
    for scan in scans:
        gathered[_owner(scan, people)].append(scan)
    level: Level = "patient" if all(scan.header.identity in people for scan in scans) else "image"
    return Arrangement([_patient(owner, owned, table) for owner, owned in sorted(gathered.items())], level)


def _owner(scan: Placed, people: Mapping[Identity, str]) -> str:
    header = scan.header
    if header.identity is not None and header.identity in people:
        return people[header.identity]
    return f"study {header.study}" if header.study else f"file {scan.inside.name}"


def _patient(owner: str, owned: Sequence[Placed], table: LabelTable) -> FoundPatient:
    folders = sorted({folder for scan in owned for folder in scan.folders})
    told = table.row(owner, *folders)
    headers = [scan.header for scan in owned]
    latest_first = sorted(headers, key=lambda header: -(header.day or 0))
    facts = {name: header.details[name] for header in latest_first for name in _COVARIATES if header.details.get(name)}
    told = LabelRow(told.labels, facts | told.covariates, told.patient, told.role, told.clashes)
    visits = zip(headers, visits_of(headers), strict=True)
    return FoundPatient(owner, tuple(FoundScan(header, role_by_title(header), visit) for header, visit in visits), told)


layouts.register(
    Layout(
        Info("by-identity", "DICOM patients", "Each scan says whose it is; folders and file names do not matter."),
        recognise,
        find,
    )
)
