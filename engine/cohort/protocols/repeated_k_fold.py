"""k-fold several times over, drawn anew each time."""

import numpy as np
from pydantic import Field

from engine.cohort.dividing.dealing import dealt
from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.cohort.protocols.k_fold import KFoldOptions, folds_of
from engine.registry import Info


class RepeatedOptions(KFoldOptions):
    """How many folds, and how often."""

    repeats: int = Field(default=5, ge=2, le=100, title="Repeats", description="How often the patients are divided.")


def divide(subjects: Subjects, options: RepeatedOptions, generator: np.random.Generator) -> list[Fold]:
    """Every patient is tested once in each repeat."""
    return [
        fold
        for repeat in range(options.repeats)
        for fold in folds_of(
            subjects, dealt(subjects, options.folds, options.by, generator), repeat + 1, repeat * options.folds + 1
        )
    ]


protocols.register(
    Protocol(
        Info("repeated-k-fold", "Repeated k-fold", "k-fold several times, drawn anew: tells how much chance does."),
        RepeatedOptions,
        divide,
        lambda options: (
            f"The patients were divided into {options.folds} folds, stratified by class, {options.repeats} times anew. "
            "In each repeat every patient was predicted once by a model that had not seen it; each patient's "
            "probabilities were averaged over the repeats before anything was scored."
        ),
        presets={"5 × 5 folds": {"folds": 5, "repeats": 5}, "10 × 5 folds": {"folds": 5, "repeats": 10}},
    )
)
