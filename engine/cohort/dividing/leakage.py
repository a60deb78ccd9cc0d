"""What no division may do: put a patient on two sides, or leave a class out of training."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from engine.cohort.dividing.fold import Fold
from engine.errors import CohortError, DataLeakageError

_DOES = {"train": "trains on", "validation": "validates on", "test": "tests"}


def verify(folds: Sequence[Fold], patients: Iterable[str]) -> None:
    """DataLeakageError where a patient is in two parts of a fold, or is tested twice within a repeat."""
    known = frozenset(patients)
    for fold in folds:
        _verify_fold(fold, known, f"fold {fold.number}")
    if twice := _tested_twice(folds):
        raise _leak(f"several folds test the same {_people(twice)}")


def _tested_twice(folds: Iterable[Fold]) -> set[str]:
    """Whom two folds of one repeat test."""
    seen, twice = defaultdict[int, set[str]](set), set[str]()
    for fold in folds:
        twice |= seen[fold.repeat].intersection(fold.test)
        seen[fold.repeat].update(fold.test)
    return twice


def _verify_fold(fold: Fold, known: frozenset[str], name: str) -> None:
    parts = {part: frozenset(members) for part, members in fold.parts.items() if members}
    for one, other in combinations(parts, 2):
        if shared := parts[one] & parts[other]:
            raise _leak(f"{name} {_both(one, other)} the same {_people(shared)}")
    if strangers := frozenset().union(*parts.values()) - known:
        raise _leak(f"{name} names {_people(strangers)} the cohort does not have")
    _verify_inner(fold, parts.get("train", frozenset()), name)


def _verify_inner(fold: Fold, train: frozenset[str], name: str) -> None:
    for inner in fold.inner:
        inside = f"inner fold {inner.number} of {name}"
        if beyond := {*inner.train, *inner.validation, *inner.test} - train:
            raise _leak(f"{inside} names {_people(beyond)} that {name} does not train on")
        _verify_fold(inner, train, inside)
    if twice := _tested_twice(fold.inner):
        raise _leak(f"several inner folds of {name} test the same {_people(twice)}")


def require_all_classes(folds: Sequence[Fold], classes: Mapping[str, str], *, tested: bool = True) -> None:
    """CohortError where a fold would train without one of the classes, or (where `tested`) none would test it."""
    heads = Counter(classes.values())
    hint = "Add patients of that class, or leave the class out of the recipe."
    for fold, missing in untrained(folds, classes):
        what = f"fold {fold.number} would train without class '{missing}', which has {_heads(heads[missing])}"
        raise CohortError(what, hint=hint)
    seen = {classes[patient] for fold in folds for patient in fold.test}
    if tested and (untested := sorted(set(heads) - seen)):
        what = f"no fold would test class '{untested[0]}', which has {_heads(heads[untested[0]])}"
        raise CohortError(what, hint=hint)


def untrained(folds: Iterable[Fold], classes: Mapping[str, str]) -> Iterator[tuple[Fold, str]]:
    """Folds that train without a class that somebody has, with the class."""
    everything = set(classes.values())
    for fold in folds:
        for missing in sorted(everything - {classes[patient] for patient in fold.train}):
            yield fold, missing


def _both(one: str, other: str) -> str:
    return "trains and tests on" if (one, other) == ("train", "test") else f"{_DOES[one]} and {_DOES[other]}"


def _leak(what: str) -> DataLeakageError:
    return DataLeakageError(what, hint="The division was changed by hand or by a fault; divide the patients anew.")


def _people(patients: Iterable[str]) -> str:
    named = sorted(patients)
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return f"patient{'s' if len(named) > 1 else ''} {', '.join(named[:3])}{more}"


def _heads(count: int) -> str:
    return f"{count} patient{'' if count == 1 else 's'}"
