"""What adding scans would make of them, in the words of the page; the engine's preview, so the same as the import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cohort_rows import counted
from desktop.pages.found.column_rows import ColumnRow, column_rows
from desktop.pages.found.files import LeftOut
from desktop.pages.found.passed_over import passed_over
from engine.control import Control

if TYPE_CHECKING:
    from collections import Counter

    from engine.cohort import Cohort
    from engine.cohort.intake.layout import Layout, Recognition
    from engine.cohort.intake.plan import ImportPlan
    from engine.cohort.intake.previewing import Preview
    from engine.cohort.intake.readings import Readings
    from engine.imaging import Discovery
    from engine.registry import Options

AUTO = "auto"
FOLDERS = "patient-folders"
MANY = 30
PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to tell patients apart, how sure it is of these scans (0 to 1), and why."""

    key: str
    label: str
    reason: str
    sure: float


@dataclass(frozen=True, eq=False)
class Forecast:
    """`names` has the pseudonym and the id of the files for each scan that would be added, by `id(scan)`.

    `way` is the one in force with its `options`, `ways` are all there are, the surest first; `labels` says what the
    table gives, `columns` are the table's, `classes` the source's own by label column with the number of their scans.
    `name` is what the source is called, `left_out` says by reason what the way leaves out.
    `lost` scans would find no patient, `failed` ones are added but kept out of training, `doubt` is what speaks
    against the way, and in `trouble` adding is not possible.
    """

    ways: tuple[Way, ...] = ()
    way: Way | None = None
    layout: "Layout | None" = None
    options: "Options | None" = None
    table: Path | None = None
    names: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    patients: int = 0
    known: int = 0
    scans: int = 0
    lost: int = 0
    left_out: tuple[LeftOut, ...] = ()
    name: str = ""
    failed: int = 0
    image_level: bool = False
    labels: str = ""
    columns: tuple[ColumnRow, ...] = ()
    classes: "Mapping[str, Counter[str]]" = field(default_factory=dict)
    places: tuple[str, ...] = ()
    doubt: str = ""
    trouble: str = ""


def forecast(
    choose: "Callable[[], Discovery]",
    source: Path,
    plan: "ImportPlan",
    cohort: "Cohort | None",
    readings: "Readings",
    control: Control,
) -> Forecast:
    """What an import by the plan would come to in a cohort (None: in a new one); Cancelled as `control` says.

    What `readings` has of an earlier forecast of the same scans is not worked out again.
    """
    from engine.cohort.intake.previewing import preview

    chosen = choose()
    if not chosen.scans:
        return Forecast(trouble="Tick the scans to add.")
    made = preview(chosen, source, plan, cohort, readings=readings, control=control)
    way = _way(made.layout, next(told for entry, told in made.ways if entry is made.layout))
    control.check()
    names = _names(chosen, made)
    owners = made.arrangement.patients
    scans = sum(len(owner.scans) for owner in owners)
    return Forecast(
        ways=tuple(sorted((_way(*rated) for rated in made.ways), key=lambda one: -one.sure)),
        way=way,
        layout=made.layout,
        options=made.options,
        table=made.table.path,
        names=names,
        patients=len({owner.key for owner in made.owners}),
        known=len({owner.key for owner in made.owners if owner.patient is not None}),
        scans=scans,
        lost=made.lost,
        left_out=passed_over(chosen, source, made),
        name=made.name,
        failed=sum(scan.certificate == "fail" for scan in chosen.scans),
        image_level=made.arrangement.level == "image",
        labels=_told(made),
        columns=column_rows(chosen, source, made, plan),
        classes=made.classes,
        places=_places(chosen, source) if PATTERN in made.layout.options.model_fields else (),
        doubt=_doubt(way, len(owners), scans),
        trouble=made.trouble,
    )


def _places(chosen: "Discovery", source: Path) -> tuple[str, ...]:
    """Where the scans lie below the source, as file-name patterns see them."""
    from engine.cohort.intake.siting import site_of

    return tuple(placed.inside.as_posix() for placed in site_of(source, chosen).scans)


def _way(layout: "Layout", told: "Recognition") -> Way:
    return Way(layout.info.key, layout.info.label, told.reason, told.sure)


def _names(chosen: "Discovery", made: "Preview") -> dict[int, tuple[str, str]]:
    """By scan; what becomes a part of a scan, or several scans of an array, is named by the files."""
    names = made.names
    others = [scan for scan in chosen.scans if id(scan) not in names]
    found = {id(scan): names[id(scan)] for scan in chosen.scans if id(scan) in names}
    if not others:
        return found
    by_file: dict[Path, dict[str, str]] = {}
    for owner in made.owners:
        for path in {path for scan in owner.found.scans for path in scan.header.source.files}:
            by_file.setdefault(path, {})[owner.key] = owner.found.source_id
    told = ((id(scan), by_file.get(scan.source.files[0])) for scan in others)
    return found | {key: _several(owners) for key, owners in told if owners}


def _several(owners: Mapping[str, str]) -> tuple[str, str]:
    """One name for the patients that one file holds."""
    more = f" and {len(owners) - 1} more" if len(owners) > 1 else ""
    key, source_id = next(iter(owners.items()))
    return f"{key}{more}", f"{source_id}{more}"


def _doubt(way: Way, patients: int, scans: int) -> str:
    """Folders of classes look like folders of patients who have a great many scans."""
    if way.key != FOLDERS or not patients or scans < MANY * patients:
        return ""
    return f"On average {scans // patients} scans a patient: if the folders are classes, choose another way."


def _told(made: "Preview") -> str:
    owners, table = made.arrangement.patients, made.table
    columns = sorted({name for owner in owners for scan in owner.scans for name in (*owner.told.labels, *scan.labels)})
    labelled = sum(bool(owner.told.labels) or any(scan.labels for scan in owner.scans) for owner in owners)
    of_all = f"{', '.join(columns)} of {labelled} of {counted(len(owners), 'patient')}"
    if table.path is None:
        told = f"No label table; the places tell {of_all}." if columns else ""
        return told or "No label table: enough to look at, not to train."
    if not columns:
        return f"{table.path.name} gives none of these patients a label."
    rest = f"; {counted(table.unused, 'name')} match nothing here" if table.unused else ""
    return f"{table.path.name}: {of_all}{rest}."
