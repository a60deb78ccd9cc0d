"""OASIS-1: a folder per disc and visit, raw and processed images in it, dementia ratings in a clinical table."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from engine.cohort.columns import Column
from engine.cohort.intake.layout import Arrangement, FoundPatient, FoundScan, Layout, Placed, Recognition, Site, layouts
from engine.cohort.label_table.labels import LabelRow, LabelTable
from engine.cohort.names.oasis1 import Images, OasisName, oasis_name
from engine.cohort.names.oasis1_table import COVARIATES, STAGES, clinical_table, rating_of, stage_of, without_rating
from engine.registry import Info, Options

_PREFERRED: tuple[Images, ...] = ("masked", "atlas", "subject", "raw", "segmented")
_UNRATED = {
    "unlabelled": "they come in without a label",
    "NonDemented": "they count as NonDemented",
    "leave out": "they are left out",
}
_MOST = 0.9

Named = tuple[Placed, OasisName]


class OasisOptions(Options):
    """Which images to take, and what to make of those nobody rated."""

    images: Literal["masked", "atlas", "subject", "raw", "segmented", "all"] = Field(
        default="masked",
        title="Images",
        description="The head in the atlas' space without the skull (masked) or with it, in the subject's own space, "
        "the raw repeats, or the tissue classes.",
    )
    unrated: Literal["unlabelled", "NonDemented", "leave out"] = Field(
        default="unlabelled",
        title="Without a rating",
        description="Young people were not rated (CDR): bring them in without a label, as healthy, or not at all.",
    )
    label: str = Field(default="dementia", min_length=1, title="Label", description="What the label is called.")


def recognise(site: Site) -> Recognition:
    """Sure when the scans lie in folders named as the data set's visits."""
    names = [name for scan in site.scans if (name := oasis_name(scan.inside)) is not None]
    if not names or len(names) < _MOST * len(site.scans):
        return Recognition(0.0, f"{len(names)} of {len(site.scans)} scans are named as in OASIS-1 (OAS1_0001_MR1)")
    met = Counter(name.images for name in names)
    images = next((kind for kind in _PREFERRED if met[kind]), "masked")
    reason = f"{len({name.session for name in names})} visits are named as in OASIS-1"
    return Recognition(0.98, reason, OasisOptions(images=images))


def find(site: Site, table: LabelTable, options: OasisOptions) -> Arrangement:
    """A patient per number, whose MR1, MR2 are visits; the label comes of the rating (CDR) in the clinical table."""
    taken, left_out = _taken(site.scans, options)
    clinical = clinical_table(table, site.home, [name.session for _, name in taken])
    owners: dict[str, list[Named]] = defaultdict(list)
    for scan, name in taken:
        owners[name.patient].append((scan, name))
    patients, unrated = [], 0
    for owner, owned in sorted(owners.items()):
        patient = _patient(owner, owned, clinical, options)
        no_rating = not any(rating_of(clinical.row(name.session)) for _, name in owned)
        unrated += no_rating
        if no_rating and options.unrated == "leave out":
            left_out += [(scan.header.path, "its patient has no rating (option 'unrated')") for scan, _ in owned]
        else:
            patients.append(patient)
    columns = [Column(options.label, "label", "ordinal", STAGES), *COVARIATES]
    return Arrangement(patients, "patient", columns, [*left_out, *_said(site.home, clinical, table, unrated, options)])


def _taken(scans: Sequence[Placed], options: OasisOptions) -> tuple[list[Named], list[tuple[Path, str]]]:
    taken, left_out = [], []
    for scan in scans:
        name = oasis_name(scan.inside)
        if name is None or name.images is None:
            left_out.append((scan.header.path, "it is not named as an image of OASIS-1"))
        elif options.images in (name.images, "all"):
            taken.append((scan, name))
        else:
            left_out.append((scan.header.path, f"it is one of the '{name.images}' images (option 'images')"))
    return taken, left_out


def _patient(owner: str, owned: Sequence[Named], clinical: LabelTable, options: OasisOptions) -> FoundPatient:
    """Covariates as at the first visit, the stage as first rated; a visit rated otherwise has a label of its own."""
    ordered = sorted(owned, key=lambda one: (int(one[1].visit), one[1].role))
    rows = {name.visit: clinical.row(name.session) for _, name in ordered}
    stages = {visit: stage for visit, row in rows.items() if (stage := stage_of(row))}
    stage = next(iter(stages.values()), "")
    if not stage and options.unrated == "NonDemented" and any(row != LabelRow() for row in rows.values()):
        stage = STAGES[0]
    told = without_rating(next((row for row in rows.values() if row != LabelRow()), LabelRow()))
    labels = told.labels | ({options.label: stage} if stage else {})
    scans = tuple(
        FoundScan(scan.header, name.role, name.visit, _own(options.label, stages.get(name.visit, ""), stage))
        for scan, name in ordered
    )
    return FoundPatient(owner, scans, LabelRow(labels, told.covariates))


def _own(column: str, stage: str, of_patient: str) -> dict[str, str]:
    return {column: stage} if stage and stage != of_patient else {}


def _said(
    home: Path, clinical: LabelTable, table: LabelTable, unrated: int, options: OasisOptions
) -> list[tuple[Path, str]]:
    """What to know of the ratings, with counts."""
    if clinical.path is None:
        return [(home, "no clinical table (csv or xlsx, with ID and CDR) lies here or above: nobody has a label")]
    said = []
    if unrated:
        said.append((clinical.path, f"{unrated} patients have no rating (CDR): {_UNRATED[options.unrated]}"))
    if clinical is not table and clinical.unused:
        said.append((clinical.path, f"{clinical.unused} of its {len(clinical.rows)} names match no folder here"))
    return said


layouts.register(
    Layout(
        Info("oasis1", "OASIS-1", "disc1/OAS1_0001_MR1/PROCESSED/..., with the clinical table beside."),
        recognise,
        find,
        OasisOptions,
    )
)
