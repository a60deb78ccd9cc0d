"""Greys of rays through the voxels as they are, one for each pixel: slower than shears, and as fine as the screen."""

from typing import Any

import numpy as np

from desktop.volume.kernels.compiling import compiled
from desktop.volume.kernels.sampling import block_at, crossing, first_sample, nearest_at, past_block, value_at

# `rays` has four rows: origin, across, down, along (x, y, z in voxels). `bounds` are least and greatest x, y, z.


def _widest_along(
    grid: Any, blocks: Any, start: Any, along: Any, first: float, last: float, step: float, flip: float, sharp: bool
) -> float:
    """The greatest value on a ray; blocks that hold nothing greater than what is found already are jumped over.

    With a `flip` values count from there downwards, in `blocks` too. If `sharp` nothing is blended between voxels.
    """
    best, t = 0.0, first
    while t <= last:
        x, y, z = start[0] + t * along[0], start[1] + t * along[1], start[2] + t * along[2]
        if block_at(blocks, x, y, z) <= best:
            t += max(1.0, np.floor(past_block(x, y, z, along) / step + 1e-6)) * step
            continue
        found = float(nearest_at(grid, x, y, z)) if sharp else float(value_at(grid, x, y, z))
        if found > 0.0:
            best = max(best, abs(flip - found))
        t += step
    return best


widest_along = compiled(_widest_along)


def _mean_along(grid: Any, start: Any, along: Any, first: float, last: float, step: float, fewest: float) -> float:
    """The mean of a ray's values, as if there were `fewest` at least."""
    total, count, t = 0.0, 0, first
    while t <= last:
        total += value_at(grid, start[0] + t * along[0], start[1] + t * along[1], start[2] + t * along[2])
        count += 1
        t += step
    return total / max(float(count), fewest)


mean_along = compiled(_mean_along)


def _grey_rays(
    grid: Any, blocks: Any, rays: Any, bounds: Any, gate_rays: Any, gate_bounds: Any, gate_ratio: float, step: float,
    fewest: float, flip: float, sharp: bool, out: Any, first: int, last: int,
) -> None:  # fmt: skip
    """The greatest value behind each pixel of the rows `first` to `last`, or if `fewest` is not 0 their mean.

    `flip` and `sharp` are as in `widest_along`.

    The gate is a second box in the voxels of another grid, whose steps along a ray are `gate_ratio` times as long.
    """
    start, gate = np.empty(3), np.empty(3)
    for row in range(first, last):
        for column in range(out.shape[1]):
            for axis in range(3):
                start[axis] = rays[0, axis] + column * rays[1, axis] + row * rays[2, axis]
                gate[axis] = gate_rays[0, axis] + column * gate_rays[1, axis] + row * gate_rays[2, axis]
            enters, leaves = crossing(start, rays[3], bounds)
            opens, closes = crossing(gate, gate_rays[3], gate_bounds)
            if opens > closes:
                leaves = enters - 1.0
            enters, leaves = max(enters, opens * gate_ratio), min(leaves, closes * gate_ratio)
            out[row, column] = 0.0
            if enters > leaves:
                continue
            begin = first_sample(start, rays[3], enters, step)
            if fewest > 0.0:
                out[row, column] = mean_along(grid, start, rays[3], begin, leaves, step, fewest)
            else:
                out[row, column] = widest_along(grid, blocks, start, rays[3], begin, leaves, step, flip, sharp)


grey_rays = compiled(_grey_rays)
