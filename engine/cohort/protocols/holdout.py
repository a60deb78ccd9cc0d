"""One division: a part of the patients of each class is kept out and tested once."""

import numpy as np
from pydantic import Field, model_validator

from engine.cohort.dividing.dealing import cut
from engine.cohort.dividing.division import Fold, Protocol, Strata, Subjects, protocols
from engine.registry import Info


class HoldoutOptions(Strata):
    """How many are kept out, and how many are for validation; all others are trained on."""

    test: float = Field(default=0.3, gt=0, lt=1, title="Tested part", description="Of the patients of each class.")
    validation: float = Field(
        default=0.0, ge=0, lt=1, title="Validation part", description="Held back to watch training; never tested."
    )

    @model_validator(mode="after")
    def _some_are_left(self) -> "HoldoutOptions":
        if self.test + self.validation >= 1:
            raise ValueError("the tested and the validation part leave nobody to train on")
        return self


def divide(subjects: Subjects, options: HoldoutOptions, generator: np.random.Generator) -> list[Fold]:
    """One fold, stratified; each class with two patients or more is trained on and tested."""
    shares = (options.test, options.validation, 1 - options.test - options.validation)
    test, validation, train = cut(subjects, shares, options.by, generator)
    return [Fold(1, tuple(sorted(train)), tuple(sorted(test)), tuple(sorted(validation)))]


def describe(options: HoldoutOptions) -> str:
    """The protocol in a sentence."""
    watched = f", {options.validation:.0%} were held back for validation" if options.validation else ""
    return f"{options.test:.0%} of the patients of each class were kept out and predicted once{watched}."


protocols.register(
    Protocol(
        Info("holdout", "Holdout", "Keeps a part of the patients of each class out and tests on them once."),
        HoldoutOptions,
        divide,
        describe,
        presets={
            "60 / 20 / 20": {"test": 0.2, "validation": 0.2},
            "64 / 16 / 20": {"test": 0.2, "validation": 0.16},
            "70 / 30": {"test": 0.3, "validation": 0.0},
        },
    )
)
