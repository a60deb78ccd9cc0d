"""Scans that say themselves whose they are, as DICOM does, in folders of any shape."""

from collections import defaultdict
from collections.abc import Sequence

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelRow, LabelTable
from engine.cohort.layout import FoundPatient, FoundScan, Layout, Placed, Recognition, layouts
from engine.cohort.naming import role_by_title
from engine.imaging import ScanHeader
from engine.registry import Info

_NOBODY = (
    "", "0", "00000000", "anon", "anonymous", "anonymized", "anonymised", "deidentified", "n/a", "na", "no id",
    "none", "nobody", "patient", "removed", "test", "unknown", "xxx", "xxxx",
)  # fmt: skip
_COVARIATES = ("age", "sex")


def recognise(scans: Sequence[Placed]) -> Recognition:
    """Sure when every scan names its patient; by the number of those that do otherwise."""
    named = [scan for scan in scans if _identified(scan.header)]
    if not named:
        return Recognition(0.0, "no scan says whose it is")
    share = len(named) / len(scans)
    return Recognition(0.95 if share == 1 else 0.85 * share, f"{len(named)} of {len(scans)} scans say whose they are")


def find(scans: Sequence[Placed], table: LabelTable) -> tuple[list[FoundPatient], Level]:
    """A patient per id. A scan without a usable id counts as its study; then the level is image."""
    gathered: dict[str, list[Placed]] = defaultdict(list)
    for scan in scans:
        gathered[_owner(scan)].append(scan)
    level: Level = "patient" if all(_identified(scan.header) for scan in scans) else "image"
    return [_patient(owner, owned, table) for owner, owned in sorted(gathered.items())], level


def _identified(scan: ScanHeader) -> bool:
    return scan.identity is not None and scan.identity.id.strip().lower() not in _NOBODY


def _owner(scan: Placed) -> str:
    header = scan.header
    if header.identity is not None and _identified(header):
        return header.identity.id.strip()
    return f"study {header.study}" if header.study else f"file {scan.inside.name}"


def _patient(owner: str, owned: Sequence[Placed], table: LabelTable) -> FoundPatient:
    folders = sorted({folder for scan in owned for folder in scan.folders})
    told = table.row(owner, *folders)
    headers = [scan.header for scan in owned]
    facts = {name: header.details[name] for header in headers for name in _COVARIATES if header.details.get(name)}
    told = LabelRow(told.labels, facts | told.covariates, told.patient, told.role, told.clashes)
    return FoundPatient(owner, tuple(FoundScan(header, role_by_title(header)) for header in headers), told)


layouts.register(
    Layout(
        Info("by-identity", "DICOM patients", "Each scan says whose it is; folders and file names do not matter."),
        recognise,
        find,
    )
)
