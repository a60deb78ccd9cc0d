"""Which layout the scans of a source are read by, and with which options."""

from collections.abc import Sequence

from pydantic import ValidationError

from engine.cohort.intake.layout import Layout, Recognition, Site, layouts
from engine.cohort.intake.plan import ImportPlan
from engine.control import Control
from engine.errors import CohortError
from engine.registry import Options

Ways = tuple[tuple[Layout, Recognition], ...]


def rated(site: Site, control: Control) -> Ways:
    """All layouts, and how sure each is of the scans."""
    ways = []
    for entry in layouts:
        control.check()
        ways.append((entry, entry.recognise(site)))
    return tuple(ways)


def recognised(site: Site) -> Layout:
    """The layout that is surest of the scans; `single-files` for none."""
    return max(layouts, key=lambda entry: entry.recognise(site).sure)


def chosen(ways: Sequence[tuple[Layout, Recognition]], surest: Layout, plan: ImportPlan) -> tuple[Layout, Options]:
    """The layout and the options of the plan; options it says nothing of are those the layout proposes here.

    CohortError where they are none.
    """
    layout = surest if plan.layout == "auto" else layouts.get(plan.layout)
    proposed = next(told.options for entry, told in ways if entry is layout) or layout.options()
    try:
        return layout, layout.options.model_validate({**proposed.model_dump(), **plan.options})
    except ValidationError as failure:
        first = failure.errors()[0]
        name = ".".join(map(str, first["loc"])) or "an option"
        hint = f"Its options are: {', '.join(layout.options.model_fields) or 'none'}."
        raise CohortError(f"'{name}' of the layout '{layout.info.key}': {first['msg']}", hint=hint) from None
