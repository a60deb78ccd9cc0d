"""The voxels of one frame as 65535 even steps: the form that both the graphics card and the compiled code read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.volume.grid import Grid
from engine.imaging.volume import Array, Volume
from engine.pictures.window import BEYOND

Steps = NDArray[np.uint16]
FIRST, MOST = 1, 65535
SLAB = 16


@dataclass(frozen=True, eq=False)
class Levels:
    """`values` (z, y, x): FIRST stands for `low` and MOST for `high`; what is not a number is 0, which is nothing."""

    values: Steps
    low: float
    high: float
    grid: Grid

    @classmethod
    def of(cls, volume: Volume, frame: int = 0) -> "Levels":
        """One frame of a volume, every finite value between its least and its greatest."""
        array = volume.array[frame]
        low, high = _reach(array)
        values = np.empty(array.shape, np.uint16)
        for z in range(0, array.shape[0], SLAB):
            values[z : z + SLAB] = _stepped(array[z : z + SLAB], low, high)
        return cls(values, low, high, Grid.of(volume.shape_xyz, volume.affine))

    def step_of(self, value: float) -> float:
        """Where a value of the scan lies among the steps, perhaps between two or beyond them."""
        return FIRST + (value - self.low) / (self.high - self.low) * (MOST - FIRST)

    def entries(self, span: tuple[float, float], count: int) -> tuple[float, float]:
        """Scale and shift that take a step to the entry of a table of `count` over the values of `span`."""
        first, last = (self.step_of(value) for value in span)
        scale = (count - 1) / max(last - first, 1e-9)
        return (scale, -first * scale)


def _reach(array: Array) -> tuple[float, float]:
    lows, highs = [], []
    for z in range(0, array.shape[0], SLAB):
        values = _finite(array[z : z + SLAB])
        if values.size:
            lows.append(float(values.min()))
            highs.append(float(values.max()))
    low, high = (min(lows), max(highs)) if lows else (0.0, 1.0)
    return (low, high) if high > low else (low, low + max(1.0, abs(low) * 1e-6))


def _finite(array: Array) -> Array:
    if array.dtype.kind in "iub":
        return array.view(np.uint8) if array.dtype.kind == "b" else array
    values = array.ravel()
    return values[np.abs(values) < min(BEYOND, float(np.finfo(values.dtype).max))]


def _stepped(array: Array, low: float, high: float) -> Steps:
    wide: Array = array.astype(np.float64 if array.dtype.itemsize > 4 else np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        wide = (wide - low) / (high - low) * (MOST - FIRST) + FIRST
    np.clip(wide, FIRST, MOST, out=wide)
    wide[np.isnan(wide)] = 0
    made: Steps = np.rint(wide).astype(np.uint16)
    return made
