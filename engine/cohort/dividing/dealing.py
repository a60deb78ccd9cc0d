"""Giving patients to parts: every class and stratum at its share, as near as whole patients allow."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from engine.cohort.dividing.evening import evened
from engine.cohort.dividing.strata import Indices, line_of, numbered
from engine.cohort.dividing.subjects import Subjects
from engine.errors import CohortError

_FINEST = 100_000
_PASSES = 4


def dealt(subjects: Subjects, folds: int, by: Sequence[str], generator: np.random.Generator) -> list[set[str]]:
    """Everybody in one of `folds` sets; set sizes, classes and strata differ by one patient at most.

    With several targets this holds for the first and for each combination; the others are evened by exchange.
    """
    if folds > len(subjects.patients):
        what = f"{len(subjects.patients)} patients cannot be divided into {folds} folds"
        raise CohortError(what, hint="Ask for fewer folds.")
    line = line_of(subjects, by, generator)
    places = (np.arange(len(line)) + generator.integers(folds)) % folds
    shares = np.full(folds, 1 / folds)
    return _sets(line, _fair(subjects, line, places, shares, generator), folds)


def cut(
    subjects: Subjects, shares: Sequence[float], by: Sequence[str], generator: np.random.Generator
) -> list[set[str]]:
    """Everybody in one of the parts, which take `shares` (of sum 1); the last part gets what the others leave.

    A class of enough patients has one at least in every part, even where its share is less.
    """
    line = line_of(subjects, by, generator)
    places = np.full(len(line), len(shares) - 1, dtype=np.intp)
    left, rest = np.arange(len(line)), 1.0
    for part, share in enumerate(shares[:-1]):
        taken = every(len(left), share / rest, generator)
        places[left[taken]] = part
        left, rest = left[~taken], rest - share
    places = _fair(subjects, line, places, np.array(shares), generator)
    return _sets(line, _everywhere(subjects, line, places, np.array(shares), generator), len(shares))


def every(length: int, share: float, generator: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Places of a line at even distances; any run of n places has n * share of them, rounded up or down."""
    exact = Fraction(share).limit_denominator(_FINEST)
    begin = int(generator.integers(exact.denominator))
    steps = (np.arange(length + 1) * exact.numerator + begin) // exact.denominator
    return np.diff(steps) > 0


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


def _fair(
    subjects: Subjects,
    line: Sequence[str],
    places: Indices,
    shares: npt.NDArray[np.float64],
    generator: np.random.Generator,
) -> Indices:
    if len(subjects.targets) == 1:
        return places
    return evened(places, _numbered(subjects, line), shares, generator)


def _everywhere(
    subjects: Subjects,
    line: Sequence[str],
    places: Indices,
    shares: npt.NDArray[np.float64],
    generator: np.random.Generator,
) -> Indices:
    """Each class in as many parts as it has patients: training (the last) first, then the test, then the others."""
    places, targets = places.copy(), _numbered(subjects, line)
    order = [part for part in (len(shares) - 1, *range(len(shares) - 1)) if shares[part] > 0]
    for _ in range(_PASSES):
        before = places.copy()
        for labels in targets:
            for name in np.unique(labels):
                _spread(np.flatnonzero(labels == name), places, order, targets, generator)
        if (before == places).all():
            break
    return places


def _spread(
    members: Indices, places: Indices, order: Sequence[int], targets: Sequence[Indices], generator: np.random.Generator
) -> None:
    """Move members of one class, in place, to the parts that have none of them."""
    for part in order[: len(members)]:
        counts = np.bincount(places[members], minlength=max(order) + 1)
        if counts[part] == 0:
            able = members[places[members] == int(np.argmax(counts))]
            spare = [one for one in able.tolist() if not any(_is_last(one, places, labels) for labels in targets)]
            places[generator.choice(spare or able)] = part


def _is_last(one: int, places: Indices, labels: Indices) -> bool:
    """Whether it is the only one of its class in its part."""
    return int(((labels == labels[one]) & (places == places[one])).sum()) == 1


def _numbered(subjects: Subjects, line: Sequence[str]) -> list[Indices]:
    return [numbered(classes[key] for key in line) for classes in subjects.targets.values()]


def _sets(line: Sequence[str], places: Indices, parts: int) -> list[set[str]]:
    made: list[set[str]] = [set() for _ in range(parts)]
    for key, part in zip(line, places.tolist(), strict=True):
        made[part].add(key)
    return made
