"""What there is to review in a workspace, read off the GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.cohort.suggestions import Standing, Suggestion, open_ones, standing, suggestions

if TYPE_CHECKING:
    from engine.cohort import Cohort
    from engine.cohort.storage.store import Store


@dataclass(frozen=True)
class Found:
    """The suggestions of one column: those still open, the most doubtful first, and those decided, the last first."""

    column: str = ""
    columns: tuple[str, ...] = ()
    open: tuple[Suggestion, ...] = ()
    decided: tuple[Suggestion, ...] = ()
    standing: Standing = field(default_factory=Standing)
    classes: tuple[str, ...] = ()

    def classes_for(self, one: Suggestion | None) -> tuple[str, ...]:
        """The classes that can be given: those the run knows, then others of the cohort."""
        known = () if one is None else tuple(one.probabilities)
        return (*known, *(name for name in self.classes if name not in known))

    def new_classes(self, one: Suggestion) -> tuple[str, ...]:
        """The classes the run knows that the cohort has not, such as those renamed since it was trained."""
        return tuple(name for name in one.probabilities if name and name not in self.classes) if self.classes else ()


def find(store: "Store", cohort: "Cohort", wanted: str = "") -> Found:
    """What there is in the wanted column, or in the first that has something open."""
    everything = suggestions(store)
    waiting = open_ones(everything, cohort)
    columns = tuple(sorted({one.column for one in everything}))
    column = wanted if wanted in columns else _first(columns, waiting)
    of_column = [one for one in everything if one.column == column]
    decided = sorted((one for one in of_column if one.decision), key=lambda one: str(one.decided), reverse=True)
    return Found(
        column,
        columns,
        tuple(one for one in waiting if one.column == column),
        tuple(decided),
        standing(of_column, cohort),
        tuple(cohort.classes(column)) if column else (),
    )


def _first(columns: Sequence[str], waiting: Sequence[Suggestion]) -> str:
    asked = sorted({one.column for one in waiting})
    return next(iter([*asked, *columns]), "")
