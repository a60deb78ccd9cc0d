"""What adding scans would make of them: whose they are, and what the label table says. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cohort_rows import counted

if TYPE_CHECKING:
    from engine.cohort import Cohort
    from engine.cohort.labels import LabelTable
    from engine.cohort.layout import FoundPatient, Layout, Site
    from engine.imaging import Discovery

AUTO = "auto"
FOLDERS = "patient-folders"
MANY = 30


@dataclass(frozen=True, slots=True)
class Way:
    """One way to tell patients apart, and what speaks for it here."""

    key: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """`names` has the pseudonym and the id of the files for each scan that would be added, by `id(scan)`.

    `way` is the one in force, `ways` are all there are; `labels` says what the table gives, `lost` scans would find
    no patient, `doubt` is what speaks against the way, and in `trouble` adding is not possible.
    """

    ways: tuple[Way, ...] = ()
    way: Way | None = None
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    patients: int = 0
    scans: int = 0
    lost: int = 0
    image_level: bool = False
    labels: str = ""
    doubt: str = ""
    trouble: str = ""


def forecast(chosen: "Discovery", source: Path, layout: str, labels: Path | None, cohort: "Cohort | None") -> Forecast:
    """What an import would come to, with the pseudonyms it would give in a cohort (None: in a new one)."""
    from engine.cohort.importing import placed_in
    from engine.cohort.labels import find_table
    from engine.cohort.layout import Site, layouts
    from engine.errors import CohortError

    if not chosen.scans:
        return Forecast(trouble="Tick the scans to add.")
    placed, home = placed_in(source, chosen)
    site = Site(placed, home)
    rated = [(entry.recognise(site), entry) for entry in layouts]
    ways = {entry.info.key: Way(entry.info.key, entry.info.label, rating.reason) for rating, entry in rated}
    entry = max(rated, key=lambda pair: pair[0].sure)[1] if layout == AUTO else layouts.get(layout)
    all_ways = tuple(ways.values())
    try:
        table = find_table(home, labels)
    except CohortError as failure:
        return Forecast(all_ways, ways[entry.info.key], trouble=f"{failure.what[:1].upper()}{failure.what[1:]}.")
    return _made(all_ways, ways[entry.info.key], entry, site, table, cohort)


def _made(
    ways: tuple[Way, ...],
    way: Way,
    layout: "Layout",
    site: "Site",
    table: "LabelTable",
    cohort: "Cohort | None",
) -> Forecast:
    found = layout.find(site, table, layout.options())
    owners, level = found.patients, found.level
    names = _names(owners, cohort)
    return Forecast(
        ways=ways,
        way=way,
        names=names,
        patients=len(owners),
        scans=len(names),
        lost=len(site.scans) - len(names),
        image_level=level == "image",
        labels=_told(owners, table),
        doubt=_doubt(way, len(owners), len(names)),
        trouble="" if owners else "This way finds no patients here: choose another.",
    )


def _names(owners: "Sequence[FoundPatient]", cohort: "Cohort | None") -> dict[int, tuple[str, str]]:
    known = {} if cohort is None else {patient.source_id: patient.key for patient in cohort.patients}
    new, names = len(known), {}
    for owner in owners:
        if owner.source_id not in known:
            new += 1
            known[owner.source_id] = f"P-{new:03d}"
        for scan in owner.scans:
            names[id(scan.header)] = (known[owner.source_id], owner.source_id)
    return names


def _doubt(way: Way, patients: int, scans: int) -> str:
    """Folders of classes look like folders of patients who have a great many scans."""
    if way.key != FOLDERS or not patients or scans < MANY * patients:
        return ""
    return f"On average {scans // patients} scans a patient: if the folders are classes, choose another way."


def _told(owners: "Sequence[FoundPatient]", table: "LabelTable") -> str:
    if table.path is None:
        return "No label table: enough to look at, not to train."
    columns = sorted({column for owner in owners for column in owner.told.labels})
    labelled = sum(bool(owner.told.labels) for owner in owners)
    if not columns:
        return f"{table.path.name} gives none of these patients a label."
    rest = f"; {counted(table.unused, 'name')} match nothing here" if table.unused else ""
    return f"{table.path.name}: {', '.join(columns)} of {labelled} of {counted(len(owners), 'patient')}{rest}."
