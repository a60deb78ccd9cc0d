"""A division that was saved in the workspace, by its name."""

from dataclasses import replace

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
    known = frozenset(subjects.patients)
    kept = [_kept(fold, known) for fold in saved_division(subjects.home, options.name).folds]
    folds = [fold for fold in kept if fold.test and fold.train]
    if not folds:
        hint = "Look at the division on the split page: it says who has gone."
        raise CohortError(f"nobody of the division '{options.name}' takes part", hint=hint)
    return folds


def _kept(fold: Fold, known: frozenset[str]) -> Fold:
    def still(members: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in members if key in known)

    inner = tuple(_kept(one, known) for one in fold.inner)
    return replace(fold, train=still(fold.train), test=still(fold.test), validation=still(fold.validation), inner=inner)


protocols.register(
    Protocol(
        Info("saved", "Saved division", "A division that was saved in the workspace, so that runs can be compared."),
        SavedOptions,
        divide,
        lambda options: f"The patients were divided as saved under the name '{options.name}'.",
        given=True,
    )
)
