"""Dividing patients into folds, by a protocol, such that no patient is ever on both sides."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.errors import CohortError, DataLeakageError
from engine.recipe import Choice, typed_options
from engine.registry import Info, Options, Registry


@dataclass(frozen=True)
class Fold:
    """One model's share of the patients, by pseudonym; `number` counts from 1."""

    number: int
    train: tuple[str, ...]
    test: tuple[str, ...]


@dataclass(frozen=True)
class Protocol:
    """A way to divide. `divide` gets the class of each patient (of all targets at once), options and a generator."""

    info: Info
    options: type[Options]
    divide: Callable[[Mapping[str, str], Any, np.random.Generator], list[Fold]]
    describe: Callable[[Any], str]


protocols: Registry[Protocol] = Registry("protocol", "engine.cohort.protocols")


def chosen(choice: Choice) -> tuple[Protocol, Options]:
    """The protocol a recipe names, and its options."""
    protocol = protocols.get(choice.key)
    return protocol, typed_options(choice, protocol.options, "the protocol")


def divide(choice: Choice, targets: Mapping[str, Mapping[str, str]], seed: int) -> list[Fold]:
    """The folds of a protocol, from the class of each patient by target; checked before they are given out."""
    protocol, options = chosen(choice)
    patients = next(iter(targets.values()))
    joined = {patient: " / ".join(classes[patient] for classes in targets.values()) for patient in patients}
    folds = protocol.divide(joined, options, np.random.default_rng(seed))
    verify(folds, list(patients))
    for classes in targets.values():
        require_all_classes(folds, classes)
    return folds


def verify(folds: Sequence[Fold], patients: Sequence[str]) -> None:
    """DataLeakageError where a patient is on both sides of a fold, or is tested by two models."""
    known, tested = set(patients), Counter[str]()
    for fold in folds:
        shared = set(fold.train) & set(fold.test)
        if shared:
            raise _leak(f"fold {fold.number} trains and tests on the same {_people(shared)}")
        strangers = (set(fold.train) | set(fold.test)) - known
        if strangers:
            raise _leak(f"fold {fold.number} names {_people(strangers)} the cohort does not have")
        tested.update(set(fold.test))
    twice = {patient for patient, times in tested.items() if times > 1}
    if twice:
        raise _leak(f"several folds test the same {_people(twice)}")


def require_all_classes(folds: Sequence[Fold], classes: Mapping[str, str]) -> None:
    """CohortError where a fold would train without one of the classes, or none would test it."""
    heads = Counter(classes.values())
    hint = "Add patients of that class, or leave the class out of the recipe."
    for fold in folds:
        missing = sorted(set(heads) - {classes[patient] for patient in fold.train})
        if missing:
            raise CohortError(
                f"fold {fold.number} would train without class '{missing[0]}', which has {_heads(heads[missing[0]])}",
                hint=hint,
            )
    untested = sorted(set(heads) - {classes[patient] for fold in folds for patient in fold.test})
    if untested:
        what = f"no fold would test class '{untested[0]}', which has {_heads(heads[untested[0]])}"
        raise CohortError(what, hint=hint)


def _leak(what: str) -> DataLeakageError:
    return DataLeakageError(what, hint="The division was changed by hand or by a fault; start a new run.")


def _people(patients: set[str]) -> str:
    shown = ", ".join(sorted(patients)[:3])
    more = f" and {len(patients) - 3} more" if len(patients) > 3 else ""
    return f"patient{'s' if len(patients) > 1 else ''} {shown}{more}"


def _heads(count: int) -> str:
    return f"{count} patient{'' if count == 1 else 's'}"
