"""What an import would come to: whose the scans are, with which labels, and what speaks against it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from engine.cohort.cohort import Cohort
from engine.cohort.intake.class_mapping import classes_of, mapped
from engine.cohort.intake.import_report import Skipped
from engine.cohort.intake.layout import Arrangement, Layout, NoOptions, Recognition, Site, layouts
from engine.cohort.intake.ownership import Owner, owners
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.said import SaidOfScan
from engine.cohort.intake.siting import site_of
from engine.cohort.intake.sources import plan_in_force, source_name
from engine.cohort.intake.watched import Watched
from engine.cohort.label_table.labels import LabelTable, find_table
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
    control: Control | None = None,
) -> Preview:
    """What importing the scans found in `source` by the plan would add to a cohort (None: to a new one).

    Opens no scan, writes nothing, and never raises for what a user chose: that is `trouble`. A plan that says nothing
    of a source that came before is the plan it came by; `said` is what it said then of its scans.
    """
    if not found.scans:
        failure = CohortError("there are no scans to add", path=source, hint="Tick the scans to add.")
        return Preview(layouts.get(_FALLBACK), NoOptions(), plan, failure=failure)
    control = control or Control()
    site = site_of(source, found)
    site = Site(Watched(site.scans, control), site.home)
    ways = tuple(_rated(site, control))
    layout, told = max(ways, key=lambda way: way[1].sure)
    made = Preview(layout, told.options or layout.options(), plan, ways)
    try:
        known = {} if cohort is None else cohort.sources
        plan = plan_in_force(plan, source_name(plan, source, known), known)
        made = _chosen(replace(made, plan=plan), plan)
        made = replace(made, table=find_table(site.home, plan.table, plan.uses))
        control.check()
        return _arranged(made, site, found, cohort, said or {})
    except IsocenterError as failure:
        return replace(made, failure=failure)


def _rated(site: Site, control: Control) -> Iterator[tuple[Layout, Recognition]]:
    for entry in layouts:
        control.check()
        yield entry, entry.recognise(site)


def recognised(site: Site) -> Layout:
    """The layout that is surest of the scans; `single-files` for none."""
    return max(layouts, key=lambda entry: entry.recognise(site).sure)


def _chosen(made: Preview, plan: ImportPlan) -> Preview:
    """With the layout and the options of the plan; options it says nothing of are those the layout proposes here."""
    layout = made.layout if plan.layout == "auto" else layouts.get(plan.layout)
    proposed = next(told.options for entry, told in made.ways if entry is layout) or layout.options()
    try:
        options = layout.options.model_validate({**proposed.model_dump(), **plan.options})
    except ValidationError as failure:
        first = failure.errors()[0]
        name = ".".join(map(str, first["loc"])) or "an option"
        hint = f"Its options are: {', '.join(layout.options.model_fields) or 'none'}."
        raise CohortError(f"'{name}' of the layout '{layout.info.key}': {first['msg']}", hint=hint) from None
    plan = replace(plan, layout=layout.info.key, options=options.model_dump(mode="json"))
    return replace(made, layout=layout, options=options, plan=plan)


def _arranged(
    made: Preview, site: Site, found: Discovery, cohort: Cohort | None, said: Mapping[int, SaidOfScan]
) -> Preview:
    arrangement = made.layout.find(site, made.table, made.options)
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
    left_out = [Skipped(path, reason) for path, reason in arrangement.left_out]
    return (*unread, *left_out, *_clashes(arrangement), *_unmatched(table))


def _clashes(found: Arrangement) -> list[Skipped]:
    reason = "the label table gives its patient several values of '{}', so it has none"
    return [
        Skipped(owner.scans[0].header.path, reason.format(column))
        for owner in found.patients
        for column in owner.told.clashes
    ]


def _unmatched(table: LabelTable) -> list[Skipped]:
    if table.path is None or not table.unused:
        return []
    reason = f"{table.unused} of its {len(table.rows)} names match no folder or file of the source"
    return [Skipped(table.path, reason)]
