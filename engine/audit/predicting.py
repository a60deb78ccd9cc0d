"""How well one fact about patients tells their label: area under the curve on unseen patients, and by chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDS, SHUFFLES, BINS = 5, 399, 6
_FEWEST_OF_CLASS, _MOST_VALUES, _ROOM = 5, 0.34, 1 << 25

Indices = NDArray[np.intp]
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Power:
    """`area` for the class that is told best, against the rest; `chance` how often shuffled labels do as well."""

    area: float
    chance: float
    classes: tuple[str, ...]


def power(
    values: Sequence[str], labels: Sequence[str], seed: int = 0, *, words: bool = False, shuffles: int = SHUFFLES
) -> Power | None:
    """What a fact, numbers or words, tells of a label; None where there are too few patients or too many words.

    Numbers are cut into six ranges of equal counts, unless they are names (`words`). In each of five folds, the share
    of a class among the training patients of a range or word is the score of the tested ones, and the area is averaged
    over the folds.
    """
    names, classes = _coded(labels)
    bins = _binned(values, words=words)
    sizes = np.bincount(classes)
    if bins is None or len(names) < 2 or np.sort(sizes)[-2] < _FEWEST_OF_CLASS:
        return None
    generator = np.random.default_rng(seed)
    folds = _folds(classes, generator)
    told = [index for index, size in enumerate(sizes) if size >= _FEWEST_OF_CLASS]
    area = _area(bins, folds, classes[np.newaxis], told)[0]
    by_chance = np.concatenate([_area(bins, folds, some, told) for some in _shuffled(classes, generator, shuffles)])
    return Power(float(area), float((1 + np.sum(by_chance >= area - 1e-12)) / (1 + len(by_chance))), tuple(names))


def _coded(words: Sequence[str]) -> tuple[list[str], Indices]:
    names, codes = np.unique(np.array(words, str), return_inverse=True)
    return [str(name) for name in names], np.asarray(codes, np.intp)


def holm(chances: Sequence[float]) -> list[float]:
    """The chances of several facts, each corrected for that all were tried, by Holm's step-down method."""
    order = np.argsort(chances, kind="stable")
    stepped = np.array(chances, float)[order] * np.arange(len(chances), 0, -1)
    corrected = np.empty(len(chances))
    corrected[order] = np.minimum(np.maximum.accumulate(stepped), 1)
    return [float(each) for each in corrected]


def _binned(values: Sequence[str], *, words: bool) -> Indices | None:
    numbers = None if words else _numbers(values)
    if numbers is not None and len(np.unique(numbers)) > BINS:
        edges = np.unique(np.quantile(numbers, np.linspace(0, 1, BINS + 1)[1:-1]))
        return np.asarray(np.searchsorted(edges, numbers, side="right"), np.intp)
    names, codes = _coded(values)
    return codes if 1 < len(names) <= max(2, _MOST_VALUES * len(values)) else None


def _numbers(values: Sequence[str]) -> Floats | None:
    try:
        numbers = np.array([float(value) for value in values])
    except ValueError:
        return None
    return numbers if np.isfinite(numbers).all() else None


def _folds(classes: Indices, generator: np.random.Generator) -> Indices:
    """A fold for each patient, each class dealt evenly; where labels are shuffled, the folds stay."""
    folds = np.empty(len(classes), np.intp)
    for code in np.unique(classes):
        places = generator.permutation(np.flatnonzero(classes == code))
        folds[places] = (np.arange(len(places)) + code) % FOLDS
    return folds


def _shuffled(classes: Indices, generator: np.random.Generator, count: int) -> Iterator[Indices]:
    """The labels in other orders, some at a time."""
    at_once = max(1, min(count, _ROOM // (8 * len(classes))))
    for begin in range(0, count, at_once):
        yield generator.permuted(np.tile(classes, (min(at_once, count - begin), 1)), axis=1)


def _area(bins: Indices, folds: Indices, classes: Indices, told: list[int]) -> Floats:
    """For each row of labels, the area of the class that is told best."""
    wide, many = int(bins.max()) + 1, int(classes.max()) + 1
    rows = np.arange(len(classes))[:, None]
    codes = ((rows * FOLDS + folds) * wide + bins) * many + classes
    counts = np.bincount(codes.ravel(), minlength=len(classes) * FOLDS * wide * many).astype(np.float64)
    tested = counts.reshape(len(classes), FOLDS, wide, many)
    trained = tested.sum(axis=1, keepdims=True) - tested
    base = trained.sum(axis=2, keepdims=True) / trained.sum(axis=(2, 3), keepdims=True)
    scores = (trained + base) / (trained.sum(axis=3, keepdims=True) + 1)
    return np.asarray(np.max([_one_class(scores[..., code], tested, code) for code in told], axis=0))


def _one_class(scores: Floats, tested: Floats, code: int) -> Floats:
    """The mean over folds of the area for one class against the rest; folds without either do not count."""
    has = tested[..., code]
    lacks = tested.sum(axis=-1) - has
    higher = (scores[..., :, None] > scores[..., None, :]) + 0.5 * (scores[..., :, None] == scores[..., None, :])
    pairs = has.sum(axis=-1) * lacks.sum(axis=-1)
    won = np.einsum("rfb,rfbc,rfc->rf", has, higher, lacks)
    areas = np.divide(won, pairs, out=np.zeros_like(won), where=pairs > 0)
    return np.asarray(areas.sum(axis=1) / np.maximum((pairs > 0).sum(axis=1), 1))
