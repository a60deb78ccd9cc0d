"""k-fold, with the training patients of each fold divided again, for searches."""

from dataclasses import replace

import numpy as np
from pydantic import Field

from engine.cohort.dividing.dealing import dealt
from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.cohort.protocols.k_fold import KFoldOptions, folds_of
from engine.registry import Info


class NestedOptions(KFoldOptions):
    """How many folds outside and inside."""

    inner_folds: int = Field(
        default=3, ge=2, le=100, title="Inner folds", description="Of the training patients of each fold, for searches."
    )


def divide(subjects: Subjects, options: NestedOptions, generator: np.random.Generator) -> list[Fold]:
    """Whoever an outer fold tests is in none of its inner folds."""
    outer = folds_of(subjects, dealt(subjects, options.folds, options.by, generator))
    return [replace(fold, inner=_inner(subjects.only(fold.train), options, generator)) for fold in outer]


def _inner(training: Subjects, options: NestedOptions, generator: np.random.Generator) -> tuple[Fold, ...]:
    return tuple(folds_of(training, dealt(training, options.inner_folds, options.by, generator)))


protocols.register(
    Protocol(
        Info(
            "nested", "Nested k-fold", "k-fold whose training patients are divided again, so that searches see no test."
        ),
        NestedOptions,
        divide,
        lambda options: (
            f"The patients were divided into {options.folds} folds, stratified by class; each fold was predicted by a "
            f"model trained on the others, whose patients are divided into {options.inner_folds} inner folds for "
            "searches."
        ),
    )
)
