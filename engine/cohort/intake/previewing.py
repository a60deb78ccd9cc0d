"""What an import would come to: whose the scans are, with which labels, and what speaks against it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from engine.cohort.cohort import Cohort
from engine.cohort.intake.choosing import chosen, rated
from engine.cohort.intake.class_mapping import classes_of, mapped
from engine.cohort.intake.import_report import Skipped
from engine.cohort.intake.layout import Arrangement, Layout, NoOptions, Recognition, Site, layouts
from engine.cohort.intake.left_alone import still_left
from engine.cohort.intake.ownership import Owner, owners
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.readings import Readings, tables_beside
from engine.cohort.intake.said import SaidOfScan
from engine.cohort.intake.siting import site_of
from engine.cohort.intake.sources import plan_in_force, source_name
from engine.cohort.intake.watched import Watched
from engine.cohort.label_table.labels import OWNER, LabelTable, find_table
from engine.control import Control
from engine.errors import CohortError, IsocenterError
from engine.imaging import Discovery
from engine.registry import Options

_FALLBACK = "single-files"


@dataclass(frozen=True, eq=False)
class Preview:
    """What would be added. `ways` are all layouts and how sure each is; `layout` with `options` is the one in force.

    `arrangement` and `owners` have the classes as the cohort calls them; `classes` counts scans by label column and
    class as the source calls them. `names` has the pseudonym each scan would get, and its patient's id in the source,
    by `id(header)`. `plan` is the one in force, with the source's name and nothing left to be recognised. `lost` scans
    would find no patient. Where `trouble` says why, nothing can be added.
    """

    layout: Layout
    options: Options
    plan: ImportPlan = field(default_factory=ImportPlan)
    ways: tuple[tuple[Layout, Recognition], ...] = ()
    table: LabelTable = field(default_factory=LabelTable)
    arrangement: Arrangement = field(default_factory=lambda: Arrangement(()))
    owners: tuple[Owner, ...] = field(default=(), repr=False)
    classes: Mapping[str, Counter[str]] = field(default_factory=dict)
    lost: int = 0
    skipped: tuple[Skipped, ...] = ()
    failure: IsocenterError | None = None

    @property
    def trouble(self) -> str:
        """Why nothing can be added; empty where something can."""
        if self.failure is None:
            return ""
        said = f"{self.failure.what[:1].upper()}{self.failure.what[1:]}."
        return f"{said} {self.failure.hint}".strip()

    @property
    def name(self) -> str:
        """What the source is called in the cohort."""
        return self.plan.name

    def or_raise(self) -> Self:
        """Itself; the failure where nothing can be added."""
        if self.failure is not None:
            raise self.failure
        return self

    @cached_property
    def names(self) -> dict[int, tuple[str, str]]:
        """The pseudonym and the source's own id of the patient of each scan, by `id(header)`."""
        return {
            id(scan.header): (owner.key, owner.found.source_id) for owner in self.owners for scan in owner.found.scans
        }


def preview(
    found: Discovery,
    source: Path,
    plan: ImportPlan,
    cohort: Cohort | None = None,
    *,
    said: Mapping[int, SaidOfScan] | None = None,
    readings: Readings | None = None,
    control: Control | None = None,
) -> Preview:
    """What importing the scans found in `source` by the plan would add to a cohort (None: to a new one).

    Opens no scan, writes nothing, and never raises for what a user chose: that is `trouble`. A plan that says nothing
    of a source that came before is the plan it came by; `said` is what it said then of its scans. With `readings`,
    what was worked out of the same scans before is not worked out again.
    """
    if not found.scans:
        failure = CohortError("there are no scans to add", path=source, hint="Tick the scans to add.")
        return Preview(layouts.get(_FALLBACK), NoOptions(), plan, failure=failure)
    control, readings = control or Control(), readings or Readings()
    plan, wrong = _in_force(plan, found, source, cohort)
    site = readings.get("site", found.scans, source, lambda: site_of(source, found))
    site = Site(Watched(site.scans, control), site.home)
    about = (source, plan.table, tuple(sorted(plan.uses.items())), tables_beside(site.home, plan.table))
    table, unread = _table(site, plan)
    site, wrong = replace(site, table=table), wrong or unread
    ways = readings.get("ways", found.scans, about, lambda: rated(site, control))
    layout, told = max(ways, key=lambda way: way[1].sure)
    made = Preview(layout, told.options or layout.options(), plan, ways, table or LabelTable())
    try:
        layout, options = chosen(ways, layout, plan)
        plan = replace(plan, layout=layout.info.key, options=options.model_dump(mode="json"))
        made = replace(made, layout=layout, options=options, plan=plan)
        if wrong is not None:
            raise wrong
        control.check()
        wish = (about, layout.info.key, options.model_dump_json())
        table, arrangement = readings.get("found", found.scans, wish, lambda: _found(made, site))
        return _arranged(replace(made, table=table), arrangement, site, found, cohort, said or {})
    except IsocenterError as failure:
        return replace(made, failure=failure)


def _in_force(
    plan: ImportPlan, found: Discovery, source: Path, cohort: Cohort | None
) -> tuple[ImportPlan, IsocenterError | None]:
    """The plan with the source's name, without what is chosen this time among what it leaves out; or what is wrong."""
    known = {} if cohort is None else cohort.sources
    try:
        plan = plan_in_force(plan, source_name(plan, source, known), known)
    except IsocenterError as failure:
        return plan, failure
    return replace(plan, left_out=still_left(plan.left_out, found, source)), None


def _table(site: Site, plan: ImportPlan) -> tuple[LabelTable | None, IsocenterError | None]:
    try:
        return find_table(site.home, plan.table, plan.uses), None
    except IsocenterError as failure:
        return None, failure


def _found(made: Preview, site: Site) -> tuple[LabelTable, Arrangement]:
    """What the layout finds, with the table that knows by now which of its rows were asked for."""
    return made.table, made.layout.find(site, made.table, made.options)


def _arranged(
    made: Preview,
    arrangement: Arrangement,
    site: Site,
    found: Discovery,
    cohort: Cohort | None,
    said: Mapping[int, SaidOfScan],
) -> Preview:
    if not arrangement.patients:
        hint = "Choose another layout, or leave it to 'auto'."
        raise CohortError(f"the layout '{made.layout.info.key}' finds no patients here", hint=hint)
    in_words = mapped(arrangement, made.plan.classes)
    return replace(
        made,
        arrangement=in_words,
        owners=tuple(owners(in_words, made.name, cohort, same_people=made.plan.same_people, said=said)),
        classes=classes_of(arrangement),
        lost=_lost(site, arrangement),
        skipped=_skipped(found, arrangement, made.table),
    )


def _lost(site: Site, found: Arrangement) -> int:
    taken = {path for patient in found.patients for scan in patient.scans for path in scan.header.source.files}
    taken.update(path for path, _ in found.left_out)
    return sum(scan.header.source.files[0] not in taken for scan in site.scans)


def _skipped(found: Discovery, arrangement: Arrangement, table: LabelTable) -> tuple[Skipped, ...]:
    unread = [Skipped(found.shown(item.path), item.error) for item in found.unreadable if not item.foreign]
    left_out = [Skipped(found.shown(path), reason) for path, reason in arrangement.left_out]
    return (*unread, *left_out, *_clashes(found, arrangement), *_unmatched(table))


def _clashes(discovery: Discovery, found: Arrangement) -> list[Skipped]:
    return [
        Skipped(discovery.shown(owner.scans[0].header.path), _clash(column))
        for owner in found.patients
        for column in owner.told.clashes
    ]


def _clash(column: str) -> str:
    if column == OWNER:
        return "the label table names several patients for it"
    return f"the label table gives its patient several values of '{column}', so it has none"


def _unmatched(table: LabelTable) -> list[Skipped]:
    if table.path is None or not table.unused:
        return []
    reason = f"{table.unused} of its {len(table.rows)} names match no folder or file of the source"
    return [Skipped(table.path, reason)]
