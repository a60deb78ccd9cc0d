"""A volume three times over, each time with another voxel axis in depth, so that slices lie together in memory."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from desktop.volume.grid import Grid
from desktop.volume.levels import MOST, Levels, Steps
from engine.imaging.volume import Volume

MOVING = 20_000_000
LIGHT = 2_500_000
COARSE = 300_000
# For the axis in depth: which run across and down the slices.
FACES = ((1, 2), (0, 2), (0, 1))


@dataclass(frozen=True, eq=False)
class Copies:
    """`cubes[axis]` is (k, v + 2, u + 2) with the outermost voxels repeated around each slice."""

    cubes: tuple[Steps, Steps, Steps]
    grid: Grid

    @classmethod
    def of(cls, levels: Levels, most: int = MOVING) -> "Copies":
        """Copies of at most about `most` voxels each; beyond that, every voxel is the mean of a block."""
        steps = _steps(levels.grid.shape, most)
        return cls._from(_averaged(levels.values, steps), levels.grid.coarser(steps))

    @property
    def voxels(self) -> int:
        """How many there are in each copy."""
        return int(np.prod(self.grid.shape))

    @classmethod
    def onto(cls, levels: Levels, grid: Grid, beside: float = 0.0, *, sharp: bool = False) -> "Copies":
        """Copies on the grid of another volume's, the step `beside` beyond their own; if `sharp` nothing is blended."""
        own = Volume(levels.values[np.newaxis].astype(np.float32), levels.grid.affine)
        values = own.resampled(grid.affine, grid.shape, 0 if sharp else 1, beside).array[0]
        return cls._from(np.rint(values).clip(0, MOST).astype(np.uint16), grid)

    @classmethod
    def _from(cls, values: Steps, grid: Grid) -> "Copies":
        x, y, z = (_bordered(values, axis) for axis in range(3))
        return cls((x, y, z), grid)


def _steps(shape: tuple[int, int, int], most: int) -> tuple[int, int, int]:
    steps = [1, 1, 1]
    while np.prod([size // step for size, step in zip(shape, steps, strict=True)]) > most:
        coarsest = int(np.argmax([size / step for size, step in zip(shape, steps, strict=True)]))
        steps[coarsest] += 1
    return (steps[0], steps[1], steps[2])


def _averaged(values: Steps, steps: tuple[int, int, int]) -> Steps:
    if steps == (1, 1, 1):
        return values
    x, y, z = steps
    depth, rows, columns = (size // step for size, step in zip(values.shape, (z, y, x), strict=True))
    made = np.empty((depth, rows, columns), np.uint16)
    for k in range(depth):
        total = np.zeros((rows, columns * x), np.uint32)
        for slice_, row in product(range(z), range(y)):
            total += values[k * z + slice_, row : rows * y : y, : columns * x]
        blocks = np.zeros((rows, columns), np.uint32)
        for column in range(x):
            blocks += total[:, column::x]
        made[k] = blocks // (x * y * z)
    return made


def _bordered(values: Steps, axis: int) -> Steps:
    across, down = FACES[axis]
    faced = values.transpose(2 - axis, 2 - down, 2 - across)
    made = np.empty((faced.shape[0], faced.shape[1] + 2, faced.shape[2] + 2), np.uint16)
    for row in range(faced.shape[1]):
        made[:, 1 + row, 1:-1] = faced[:, row]
    made[:, 0], made[:, -1] = made[:, 1], made[:, -2]
    made[:, :, 0], made[:, :, -1] = made[:, :, 1], made[:, :, -2]
    return made
