"""BIDS: a folder per subject, per session and per kind of data, and `participants.tsv` beside them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from engine.cohort.intake.layout import Arrangement, FoundPatient, FoundScan, Layout, Placed, Recognition, Site, layouts
from engine.cohort.label_table.labels import LabelTable, find_table
from engine.cohort.names.bids import BidsName, bids_name, roles_of
from engine.cohort.names.bids_levels import levels_of
from engine.cohort.names.bids_visits import Visits, label_columns, labels_of_visit, read_visits, with_visits
from engine.errors import CohortError
from engine.registry import Info, Options

_MOST = 0.9
_ASIDE = {"derivatives": "computed by others", "sourcedata": "before conversion"}


class BidsOptions(Options):
    """Which of a data set's folders to take, and what its levels mean."""

    derivatives: bool = Field(
        default=False, title="Derivatives", description="Also take scans that others computed (folder derivatives)."
    )
    sourcedata: bool = Field(
        default=False, title="Source data", description="Also take scans as they were before conversion."
    )
    levels_in_order: bool = Field(
        default=True,
        title="Levels are in order",
        description="Three or more levels of a label in participants.json go from low to high.",
    )


@dataclass(frozen=True)
class _Named:
    scan: Placed
    name: BidsName
    role: str


_Owners = Mapping[tuple[Path, str], Sequence[_Named]]


def recognise(site: Site) -> Recognition:
    """Sure when nearly all scans are named after their subject's folder."""
    names = [name for scan in site.scans if (name := bids_name(scan.inside)) is not None]
    raw = [name for name in names if not name.aside]
    good = sum(name.named for name in raw)
    aside = len(names) - len(raw)
    if not good or good < _MOST * (len(site.scans) - aside):
        return Recognition(0.0, f"{good} of {len(site.scans)} scans are named as BIDS asks (sub-01/anat/sub-01_T1w)")
    subjects = len({(name.root, name.subject) for name in raw})
    return Recognition(0.97, f"{good} scans of {subjects} subjects are named as BIDS asks")


def find(site: Site, table: LabelTable, options: BidsOptions) -> Arrangement:
    """A patient per subject, a visit per session; the role is the suffix, with the entities that tell scans apart."""
    taken, left_out = _taken(site, options)
    roles = roles_of(name for _, name in taken)
    owners: dict[tuple[Path, str], list[_Named]] = defaultdict(list)
    for (scan, name), role in zip(taken, roles, strict=True):
        owners[(name.root, name.subject)].append(_Named(scan, name, role))
    roots = {root for root, _ in owners}
    found = Arrangement([], "patient", [], left_out)
    for root in sorted(roots):
        own = {key: named for key, named in sorted(owners.items()) if key[0] == root}
        found = _with(found, _of_root(site.home / root, table, own, options, prefixed=len(roots) > 1))
    return found


def _taken(site: Site, options: BidsOptions) -> tuple[list[tuple[Placed, BidsName]], list[tuple[Path, str]]]:
    taken, left_out = [], []
    for scan in site.scans:
        name = bids_name(scan.inside)
        if name is None:
            left_out.append((scan.header.path, "it lies in no folder of a subject, such as sub-01"))
        elif name.aside and not getattr(options, name.aside):
            reason = f"it lies in {name.aside}: {_ASIDE[name.aside]} (option '{name.aside}')"
            left_out.append((scan.header.path, reason))
        else:
            taken.append((scan, name))
    return taken, left_out


def _of_root(home: Path, table: LabelTable, owners: _Owners, options: BidsOptions, *, prefixed: bool) -> Arrangement:
    """The patients of one data set; where the source holds several, each has a table of its own."""
    told = table if table.path is not None else find_table(home, None)
    visits, left_out = _visits(home, [subject for _, subject in owners])
    labels = label_columns(visits.values(), told)
    patients = [
        _patient(f"{root.as_posix()}/{subject}" if prefixed else subject, named, told, visits[subject], labels)
        for (root, subject), named in owners.items()
    ]
    columns = [] if told.path is None else levels_of(
        told.path,
        {column for patient in patients for column in patient.told.labels},
        {column for patient in patients for column in patient.told.covariates},
        ordered=options.levels_in_order,
    )  # fmt: skip
    return Arrangement(patients, "patient", columns, left_out)


def _patient(
    source_id: str, named: Sequence[_Named], table: LabelTable, visits: Visits, labels: Sequence[str]
) -> FoundPatient:
    subject = named[0].name.subject
    told = with_visits(table.row(f"sub-{subject}", subject), visits, labels)
    scans = tuple(
        FoundScan(one.scan.header, one.role, visit, labels_of_visit(told, visits, visit, labels))
        for one in sorted(named, key=lambda one: one.name.session)
        for visit in [one.name.session]
    )
    return FoundPatient(source_id, scans, told)


def _visits(home: Path, subjects: Sequence[str]) -> tuple[dict[str, Visits], list[tuple[Path, str]]]:
    found, left_out = {}, []
    for subject in subjects:
        path = home / f"sub-{subject}" / f"sub-{subject}_sessions.tsv"
        try:
            found[subject] = read_visits(path)
        except CohortError as failure:
            found[subject] = Visits()
            left_out.append((path, failure.what))
    return found, left_out


def _with(one: Arrangement, other: Arrangement) -> Arrangement:
    known = {column.name for column in one.columns}
    columns = [*one.columns, *(column for column in other.columns if column.name not in known)]
    return Arrangement([*one.patients, *other.patients], "patient", columns, [*one.left_out, *other.left_out])


layouts.register(
    Layout(
        Info("bids", "BIDS", "sub-01/ses-1/anat/sub-01_ses-1_T1w.nii.gz, with participants.tsv beside."),
        recognise,
        find,
        BidsOptions,
    )
)
