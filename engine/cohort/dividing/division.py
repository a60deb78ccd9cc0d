"""Dividing patients into folds, by a protocol, such that no patient is ever on both sides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pydantic import Field

from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.leakage import require_all_classes, verify
from engine.cohort.dividing.subjects import Subjects
from engine.recipe import Choice, typed_options
from engine.registry import Info, Options, Registry

__all__ = ["Fold", "Protocol", "Strata", "Subjects", "chosen", "divide", "protocols", "require_all_classes", "verify"]


class Strata(Options):
    """The options of protocols that draw: chance decides within strata only."""

    by: tuple[str, ...] = Field(
        default=(),
        title="Also balanced by",
        description="Covariates that all parts shall have alike, such as age, sex; numbers count in quarters.",
    )


@dataclass(frozen=True)
class Protocol:
    """A way to divide. `divide` gets who is to be divided, its options and a generator.

    A `given` division is as somebody made it: a class nobody is tested of is said there, not refused. `presets` are
    options that people ask for by name.
    """

    info: Info
    options: type[Options]
    divide: Callable[[Subjects, Any, np.random.Generator], Sequence[Fold]]
    describe: Callable[[Any], str]
    given: bool = False
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


protocols: Registry[Protocol] = Registry("protocol", "engine.cohort.protocols")


def chosen(choice: Choice) -> tuple[Protocol, Options]:
    """The protocol a recipe names, and its options."""
    protocol = protocols.get(choice.key)
    return protocol, typed_options(choice, protocol.options, "the protocol")


def divide(choice: Choice, subjects: Subjects, seed: int) -> list[Fold]:
    """The folds of a protocol, checked before they are given out; the same seed gives the same ones."""
    protocol, options = chosen(choice)
    folds = list(protocol.divide(subjects, options, np.random.default_rng(seed)))
    verify(folds, subjects.patients)
    for classes in subjects.targets.values():
        require_all_classes(folds, classes, tested=not protocol.given)
    return folds
