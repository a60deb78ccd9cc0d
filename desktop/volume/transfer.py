"""Which values are solid, and in which colour."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.pictures.colours import ENTRIES, Table

Colour = tuple[int, int, int]
IVORY: Colour = (236, 224, 200)


@dataclass(frozen=True)
class Point:
    """A value of the scan, how solid it is (0 to 1, over a 256th of the volume's longest side), and its colour."""

    value: float
    opacity: float
    colour: Colour = IVORY


@dataclass(frozen=True)
class Transfer:
    """Two points or more by growing value; straight lines between them, and level beyond the ends."""

    points: tuple[Point, ...]
    name: str = ""

    def __post_init__(self) -> None:
        if len(self.points) < 2:
            raise ValueError("a transfer function has two points or more")
        if any(b.value < a.value for a, b in pairwise(self.points)):
            raise ValueError("the points of a transfer function grow by value")

    @property
    def low(self) -> float:
        return self.points[0].value

    @property
    def high(self) -> float:
        return max(self.points[-1].value, self.low + 1e-9 * max(1.0, abs(self.low)))

    def at(self, values: Sequence[float] | NDArray[np.float64]) -> Table:
        """Red, green, blue and opacity from 0 to 1 for each value (n, 4)."""
        places = [point.value for point in self.points]
        parts = np.array([[*(c / 255 for c in point.colour), point.opacity] for point in self.points])
        columns = [np.interp(values, places, parts[:, part]) for part in range(4)]
        return np.stack(columns, axis=-1).astype(np.float32)

    def table(self, entries: int = ENTRIES) -> Table:
        """`at` for `entries` values evenly from the first to the last point."""
        return self.at(np.linspace(self.low, self.high, entries))

    def moved(self, index: int, value: float, opacity: float) -> "Transfer":
        """With a point elsewhere, between its neighbours and from 0 to 1; no longer the preset it was."""
        low = self.points[index - 1].value if index else -np.inf
        high = self.points[index + 1].value if index + 1 < len(self.points) else np.inf
        place = replace(
            self.points[index], value=float(min(max(value, low), high)), opacity=min(max(opacity, 0.0), 1.0)
        )
        return Transfer((*self.points[:index], place, *self.points[index + 1 :]))

    def coloured(self, index: int, colour: Colour) -> "Transfer":
        """With a point in another colour."""
        changed = replace(self.points[index], colour=colour)
        return Transfer((*self.points[:index], changed, *self.points[index + 1 :]))

    def with_point(self, value: float, opacity: float) -> "Transfer":
        """With one more point, in the colour its value already has."""
        red, green, blue, _ = (round(255 * float(part)) for part in self.at([value])[0])
        added = Point(value, min(max(opacity, 0.0), 1.0), (red, green, blue))
        return Transfer(tuple(sorted((*self.points, added), key=lambda point: point.value)))

    def without(self, index: int) -> "Transfer":
        """With a point less; itself where no more than two are left."""
        if len(self.points) <= 2:
            return self
        return Transfer((*self.points[:index], *self.points[index + 1 :]))
