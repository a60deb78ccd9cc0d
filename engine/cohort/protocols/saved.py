"""A division that was saved in the workspace, by its name."""

import numpy as np
from pydantic import Field

from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.cohort.dividing.saved_divisions import saved_division
from engine.errors import CohortError
from engine.registry import Info, Options


class SavedOptions(Options):
    """Which one."""

    name: str = Field(default="", title="Name", description="The name under which it was saved on the split page.")


def divide(subjects: Subjects, options: SavedOptions, generator: np.random.Generator) -> list[Fold]:
    """The folds as they were saved, without the patients who do not take part now."""
    if subjects.home is None:
        raise CohortError("saved divisions lie in a workspace, and there is none", hint="Choose another protocol.")
    if not options.name:
        raise CohortError("no saved division was chosen", hint="Choose one; they are saved on the split page.")
    known = frozenset(subjects.patients)
    kept = [fold.only(known) for fold in saved_division(subjects.home, options.name).folds]
    folds = [fold for fold in kept if fold.test and fold.train]
    if not folds:
        hint = "Look at the division on the split page: it says who has gone."
        raise CohortError(f"nobody of the division '{options.name}' takes part", hint=hint)
    return folds


protocols.register(
    Protocol(
        Info("saved", "Saved division", "A division that was saved in the workspace, so that runs can be compared."),
        SavedOptions,
        divide,
        lambda options: f"The patients were divided as saved under the name '{options.name}'.",
        given=True,
    )
)
