"""The rooms of the window: one page per station, imported and built when first shown."""

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from desktop.pages.page import Page
    from desktop.session import Session


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page before it exists. `place` is "module:class"."""

    key: str
    label: str
    icon: str
    place: str
    tip: str


PAGES = (
    PageInfo("start", "Start", "start", "desktop.pages.start:StartPage", "Open a workspace"),
    PageInfo("cohort", "Cohort", "cohort", "desktop.pages.cohort:CohortPage", "Patients, labels and head counts"),
    PageInfo("audit", "Audit", "warning", "desktop.pages.audit:AuditPage", "What is wrong with the cohort"),
    PageInfo("split", "Split", "compare", "desktop.pages.split:SplitPage", "Who trains and who is tested"),
    PageInfo("view", "View", "view", "desktop.pages.view:ViewPage", "Look at the scans"),
    PageInfo("train", "Train", "train", "desktop.pages.train:TrainPage", "Train a classifier and watch"),
    PageInfo("results", "Results", "results", "desktop.pages.results:ResultsPage", "What the runs found"),
    PageInfo("review", "Review", "check", "desktop.pages.review:ReviewPage", "Labels that a run suggests"),
    PageInfo("found", "Found", "import", "desktop.pages.found:FoundPage", "What was found, and is in no cohort yet"),
)


def build(info: PageInfo, session: "Session") -> "Page":
    """Import and make the page; raises whatever its module raises."""
    module, name = info.place.split(":")
    return cast("Page", getattr(importlib.import_module(module), name)(session))
