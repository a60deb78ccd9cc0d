"""The least and greatest step in every block of voxels, so that rays need not stop where there is nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.volume.levels import MOST, Levels, Steps
from engine.pictures.colours import Table

SIDE = 8


@dataclass(frozen=True, eq=False)
class Blocks:
    """Of SIDE voxels along each axis, and the first layer of the next blocks, for values between voxels."""

    least: Steps
    greatest: Steps

    @classmethod
    def of(cls, levels: Levels) -> "Blocks":
        values = levels.values
        least, greatest = values, values
        for axis in range(3):
            least, greatest = _joined(least, axis, np.minimum), _joined(greatest, axis, np.maximum)
        return cls(least, greatest)

    def visible(self, table: Table, fit: tuple[float, float]) -> NDArray[np.uint8]:
        """1 for each block in which some step has opacity in `table`; `fit` takes steps to its entries."""
        count = np.concatenate([[0], np.cumsum(table[:, 3] > 0)])
        last = len(table) - 1
        first, final = (
            np.clip(np.floor(steps * fit[0] + fit[1] + rounding), 0, last).astype(np.intp)
            for steps, rounding in ((self.least.astype(float), 0.0), (self.greatest.astype(float), 1.0))
        )
        return (count[final + 1] > count[first]).astype(np.uint8)

    def reaching(self, step: float) -> NDArray[np.uint8]:
        """1 for each block with a voxel of at least this step."""
        return (self.greatest >= min(step, MOST)).astype(np.uint8)

    def everywhere(self) -> NDArray[np.uint8]:
        """1 for every block."""
        return np.ones(self.least.shape, np.uint8)


def _joined(values: Steps, axis: int, join: np.ufunc) -> Steps:
    moved = np.moveaxis(values, axis, 0)
    size, whole = moved.shape[0], moved.shape[0] // SIDE
    own = join.reduce(moved[: whole * SIDE].reshape(whole, SIDE, *moved.shape[1:]), axis=1)
    if size % SIDE:
        own = np.concatenate([own, join.reduce(moved[whole * SIDE :], axis=0, keepdims=True)])
    borders = np.minimum(np.arange(SIDE, size + SIDE, SIDE), size - 1)[: own.shape[0]]
    joined: Steps = np.moveaxis(join(own, moved[borders]), 0, axis)
    return joined
