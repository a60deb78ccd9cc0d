"""As many models as folds; every patient is tested once."""

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from engine.cohort.dividing.dealing import dealt
from engine.cohort.dividing.division import Fold, Protocol, Strata, Subjects, protocols
from engine.registry import Info


class KFoldOptions(Strata):
    """How many folds."""

    folds: int = Field(default=5, ge=2, le=1000, title="Folds", description="Models, each tested on another part.")


def divide(subjects: Subjects, options: KFoldOptions, generator: np.random.Generator) -> list[Fold]:
    """A fold per part of the patients; the parts differ by one patient at most, in each class too."""
    return folds_of(subjects, dealt(subjects, options.folds, options.by, generator))


def folds_of(subjects: Subjects, parts: Sequence[set[str]], repeat: int = 1, first: int = 1) -> list[Fold]:
    """A fold that tests each part and trains on all the others."""
    return [
        Fold(number, tuple(key for key in subjects.patients if key not in part), tuple(sorted(part)), repeat=repeat)
        for number, part in enumerate(parts, start=first)
    ]


protocols.register(
    Protocol(
        Info("k-fold", "k-fold", "Divides the patients into equal folds; each is tested by a model of the others."),
        KFoldOptions,
        divide,
        lambda options: (
            f"The patients were divided into {options.folds} folds, stratified by class; each fold was predicted by "
            "a model trained on the others."
        ),
        presets={"5 folds": {"folds": 5}, "10 folds": {"folds": 10}},
    )
)
