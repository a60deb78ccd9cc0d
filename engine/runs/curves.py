"""One measure over the epochs of all folds, and its mean over the folds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass
class Curve:
    """`by_fold` holds (epoch, value) pairs in order; the sums behind the mean are kept as points arrive."""

    by_fold: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    _sums: dict[int, tuple[int, float]] = field(default_factory=dict)

    def put(self, fold: int, epoch: int, value: float) -> None:
        """Add a point; a fold that was resumed from a checkpoint forgets what it had from this epoch on."""
        points = self.by_fold.setdefault(fold, [])
        while points and points[-1][0] >= epoch:
            self._count(*points.pop(), sign=-1)
        points.append((epoch, value))
        self._count(epoch, value, sign=1)

    def last(self, fold: int) -> float | None:
        """The newest value of a fold."""
        points = self.by_fold.get(fold)
        return points[-1][1] if points else None

    def lengths(self) -> Iterator[tuple[int, int]]:
        """How many epochs each fold has."""
        return ((fold, len(points)) for fold, points in self.by_fold.items())

    def lines(self, but: int = 0) -> Points:
        """(2, n) epochs and values of every fold except `but`, a NaN column between two folds."""
        columns: list[tuple[float, float]] = []
        for fold, points in self.by_fold.items():
            if fold != but:
                columns += [*points, (np.nan, np.nan)]
        return _points(columns[:-1])

    def line(self, fold: int) -> Points:
        """(2, n) epochs and values of one fold."""
        return _points(self.by_fold.get(fold, []))

    def mean(self) -> Points:
        """(2, n) epochs and the mean over the folds that have reached each."""
        reached = sorted((epoch, total / count) for epoch, (count, total) in self._sums.items() if count)
        return _points(reached)

    def _count(self, epoch: int, value: float, *, sign: int) -> None:
        count, total = self._sums.get(epoch, (0, 0.0))
        count += sign
        self._sums[epoch] = (count, total + sign * value if count else 0.0)


def _points(columns: list[Any]) -> Points:
    return np.array(columns, np.float64).reshape(-1, 2).T
