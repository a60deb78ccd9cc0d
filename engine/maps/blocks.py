"""The maps of a scan, block by block: a few rows of one slice at a time."""

from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Array
from engine.maps.fitting import fit
from engine.maps.model import Real, RelaxationModel
from engine.maps.signals import curves_of, scaled, usable

Block = tuple[int, slice]

LEAST_GOODNESS = 0.2  # a curve that hardly falls within the noise, such as that of fluid, still has a time
_VOXELS = 32768  # numpy's loops outweigh the turns at the interpreter's lock; what is fitted stays near the processor
_FEWEST_VOXELS = 4096
_BLOCKS_OF_A_SCAN = 64  # at least, so that what is at work stays small beside the scan


@dataclass(frozen=True, eq=False)
class MapBlocks:
    """A scan `array` (frames, z, y, x), and the `maps` (time, rate, M0, goodness; z, y, x) that its blocks fill.

    Voxels whose strongest frame is not above `threshold` stay as they are.
    """

    model: RelaxationModel
    times: Real
    array: Array
    threshold: float
    maps: Array

    def blocks(self) -> list[Block]:
        """All of them; each slice and its rows."""
        _, slices, rows, columns = self.array.shape
        voxels = min(_VOXELS, max(_FEWEST_VOXELS, slices * rows * columns // _BLOCKS_OF_A_SCAN))
        step = max(1, voxels // max(columns, 1))
        return [(z, slice(row, row + step)) for z in range(slices) for row in range(0, rows, step)]

    def fill(self, block: Block) -> None:
        """Fit the voxels of a block; blocks may be filled at the same time."""
        z, rows = block
        part = self.array[:, z, rows]
        curves = curves_of(part)
        chosen = usable(curves, self.threshold)
        if not chosen.any():
            return
        out = np.full((4, chosen.size), np.nan, np.float32)
        out[:, chosen] = self._fitted(curves if chosen.all() else curves[:, chosen])
        self.maps[:, z, rows] = out.reshape(4, *part.shape[1:])

    def _fitted(self, curves: Real) -> Real:
        """Time, rate, M0 and goodness (4, voxels)."""
        signal, scale = scaled(curves)
        found = fit(self.model, self.times, signal)
        with np.errstate(over="ignore"):
            m0 = found.amplitude * scale
        known = np.stack([1 / found.rate, 1000 * found.rate, m0, found.goodness])
        known[:3, ~(found.inside & (found.goodness >= LEAST_GOODNESS) & np.isfinite(m0))] = np.nan
        known[3, ~np.isfinite(found.goodness)] = np.nan
        return known
