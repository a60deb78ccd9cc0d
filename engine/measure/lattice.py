"""Evenly spaced sample points in a plane, such as the voxel centres of a slice."""

from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Array


@dataclass(frozen=True, eq=False)
class Lattice:
    """The point of column i and row j lies at `origin + i * steps[0] + j * steps[1]`, places (u, v) in mm.

    `first` is the column and row that this part of a larger lattice begins with.
    """

    origin: Array
    steps: Array
    columns: int
    rows: int
    first: tuple[int, int] = (0, 0)

    def indices(self, places: Array) -> Array:
        """The (column, row), between points too, of places (n, 2)."""
        return np.asarray(np.linalg.solve(self.steps.T, (places - self.origin).T).T)

    def row(self, number: int) -> Array:
        """The places (columns, 2) of one row."""
        return np.asarray(self.origin + number * self.steps[1] + np.arange(self.columns)[:, np.newaxis] * self.steps[0])

    def around(self, places: Array) -> "Lattice":
        """The part that holds all points between these places; it may be empty."""
        found = self.indices(places)
        size = (self.columns, self.rows)
        low = np.clip(np.floor(found.min(axis=0)), 0, size).astype(int)
        high = np.clip(np.ceil(found.max(axis=0)) + 1, low, size).astype(int)
        columns, rows = (high - low).tolist()
        return Lattice(self.origin + low @ self.steps, self.steps, columns, rows, (int(low[0]), int(low[1])))
