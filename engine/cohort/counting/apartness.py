"""How far groups stand apart in a covariate: the standardised difference, and how large chance alone would make it."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

SMALL, LARGE = 0.1, 0.5
_SURE = 0.95

Moments = tuple[int, float, float]
Shares = Mapping[str, int]
Compared = tuple[float, tuple[int, int], int]


@dataclass(frozen=True)
class Apartness:
    """Two groups; `value` is the difference of their means in standard deviations, or what is like it for categories.

    It is infinite where each group has one number only, and not the same. `by_chance` is what it stays below in 95 of
    100 cohorts of this size whose groups do not differ, however many pairs of groups there are to choose from.
    """

    between: tuple[str, str]
    value: float
    by_chance: float

    @property
    def tells(self) -> bool:
        """Whether the groups differ by more than chance allows, and than matters."""
        return self.value > max(SMALL, self.by_chance)

    @property
    def words(self) -> str:
        """The hint in a few plain words."""
        if self.value <= SMALL:
            return "alike"
        if not self.tells:
            return "within chance"
        return "differs strongly" if self.value >= LARGE else "differs"


def of_numbers(groups: Mapping[str, Moments]) -> Apartness | None:
    """The two groups that stand furthest apart for their size, from the count, mean and variance of each.

    None where no two can be compared.
    """

    def compared(one: str, two: str) -> Compared:
        return _of_means(groups[one], groups[two]), (groups[one][0], groups[two][0]), 1

    return _furthest(groups, compared)


def of_categories(groups: Mapping[str, Shares]) -> Apartness | None:
    """The same, from how many in each group have each value."""

    def compared(one: str, two: str) -> Compared:
        values = list(dict.fromkeys([*groups[one], *groups[two]]))
        counts = np.array([[groups[name].get(value, 0) for value in values] for name in (one, two)])
        return _of_shares(counts), (int(counts[0].sum()), int(counts[1].sum())), max(1, len(values) - 1)

    return _furthest(groups, compared)


def _furthest(names: Collection[str], compared: Callable[[str, str], Compared]) -> Apartness | None:
    pairs = list(combinations(names, 2))
    found = []
    for one, two in pairs:
        value, sizes, freedom = compared(one, two)
        if not math.isnan(value):
            found.append(Apartness((one, two), value, _by_chance(sizes, freedom, len(pairs))))
    return max(found, key=lambda apart: (apart.tells, apart.value), default=None)


def _of_means(first: Moments, second: Moments) -> float:
    difference = abs(first[1] - second[1])
    spread = math.sqrt((first[2] + second[2]) / 2)
    if spread == 0:
        return 0.0 if difference == 0 else math.inf
    return difference / spread


def _of_shares(counts: NDArray[np.int64]) -> float:
    """The Mahalanobis distance of two multinomials, as of Yang and Dalton; half a head more where none is shared."""
    if counts.shape[1] < 2:
        return 0.0
    heads = counts if (counts[0] * counts[1]).any() else counts + 0.5
    shares = heads / heads.sum(axis=1, keepdims=True)
    difference = (shares[0] - shares[1])[1:]
    first, second = (np.diag(row) - np.outer(row, row) for row in shares[:, 1:])
    spread = (first + second) / 2
    return float(math.sqrt(max(0.0, difference @ np.linalg.pinv(spread) @ difference)))


def _by_chance(sizes: tuple[int, int], freedom: int, pairs: int) -> float:
    """The chi-square quantile (by Wilson and Hilferty) that the squared difference, for its size, stays below."""
    normal = NormalDist().inv_cdf(1 - (1 - _SURE) / pairs)
    step = 2 / (9 * freedom)
    quantile = freedom * (1 - step + normal * math.sqrt(step)) ** 3
    return math.sqrt(quantile * (1 / sizes[0] + 1 / sizes[1]))
