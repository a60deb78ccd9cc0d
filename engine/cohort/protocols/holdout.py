"""One division: a part of the patients of each class is kept out and tested once."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from pydantic import Field

from engine.cohort.division import Fold, Protocol, protocols
from engine.registry import Info, Options


class HoldoutOptions(Options):
    """How many are kept out."""

    test: float = Field(default=0.3, gt=0, lt=1, title="Tested part", description="Of the patients of each class.")


def divide(classes: Mapping[str, str], options: HoldoutOptions, generator: np.random.Generator) -> list[Fold]:
    """One fold, stratified by class; each class with two patients or more is on both sides."""
    test = stratified_part(classes, options.test, generator)
    return [Fold(1, tuple(sorted(set(classes) - test)), tuple(sorted(test)))]


def stratified_part(classes: Mapping[str, str], part: float, generator: np.random.Generator) -> set[str]:
    """About `part` of the patients of each class: at least one where the class has two, never all of it."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for patient in sorted(classes):
        by_class[classes[patient]].append(patient)
    chosen: set[str] = set()
    for name in sorted(by_class):
        members = by_class[name]
        count = min(max(round(part * len(members)), 1), len(members) - 1)
        chosen.update(members[index] for index in generator.permutation(len(members))[:count])
    return chosen


protocols.register(
    Protocol(
        Info("holdout", "Holdout", "Keeps a part of the patients of each class out and tests on them once."),
        HoldoutOptions,
        divide,
        lambda options: f"{options.test:.0%} of the patients of each class were kept out and predicted once.",
    )
)
