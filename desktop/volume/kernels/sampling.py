"""Where a ray meets a box of voxels, and what it finds at a point."""

from typing import Any

import numpy as np

from desktop.volume.kernels.compiling import compiled

BLOCK = 8


def _value_at(grid: Any, x: float, y: float, z: float) -> float:
    """The value between eight voxels of a grid (z, y, x); beyond the outermost centres that of the nearest."""
    x = min(max(x, 0.0), grid.shape[2] - 1.0)
    y = min(max(y, 0.0), grid.shape[1] - 1.0)
    z = min(max(z, 0.0), grid.shape[0] - 1.0)
    left, top, near = int(x), int(y), int(z)
    right, bottom = min(left + 1, grid.shape[2] - 1), min(top + 1, grid.shape[1] - 1)
    far = min(near + 1, grid.shape[0] - 1)
    fx, fy, fz = x - left, y - top, z - near
    a = grid[near, top, left] * (1 - fx) + grid[near, top, right] * fx
    b = grid[near, bottom, left] * (1 - fx) + grid[near, bottom, right] * fx
    c = grid[far, top, left] * (1 - fx) + grid[far, top, right] * fx
    d = grid[far, bottom, left] * (1 - fx) + grid[far, bottom, right] * fx
    made: float = (a * (1 - fy) + b * fy) * (1 - fz) + (c * (1 - fy) + d * fy) * fz
    return made


value_at = compiled(_value_at)


def _nearest_at(grid: Any, x: float, y: float, z: float) -> float:
    """The value of the nearest voxel."""
    made: float = grid[
        int(min(max(z, 0.0), grid.shape[0] - 1.0) + 0.5),
        int(min(max(y, 0.0), grid.shape[1] - 1.0) + 0.5),
        int(min(max(x, 0.0), grid.shape[2] - 1.0) + 0.5),
    ]
    return made


nearest_at = compiled(_nearest_at)


def _crossing(start: Any, along: Any, bounds: Any) -> tuple[float, float]:
    """From where to where along a ray the box is crossed; the second is less than the first if it is missed."""
    enters, leaves = -1e30, 1e30
    for axis in range(3):
        if abs(along[axis]) < 1e-12:
            if start[axis] < bounds[0, axis] or start[axis] > bounds[1, axis]:
                return 1.0, 0.0
            continue
        one = (bounds[0, axis] - start[axis]) / along[axis]
        two = (bounds[1, axis] - start[axis]) / along[axis]
        enters, leaves = max(enters, min(one, two)), min(leaves, max(one, two))
    return enters, leaves


crossing = compiled(_crossing)


def _first_sample(start: Any, along: Any, enters: float, step: float) -> float:
    """The first place after `enters` from which samples fall onto slices of voxels rather than between them."""
    axis = 0
    for other in range(1, 3):
        if abs(along[other]) > abs(along[axis]):
            axis = other
    phase = -start[axis] / along[axis]
    first: float = phase + np.ceil((enters - phase) / step - 1e-9) * step
    return first


first_sample = compiled(_first_sample)


def _past_block(x: float, y: float, z: float, along: Any) -> float:
    """How far along the ray the block of voxels ends in which a point lies."""
    least = 1e30
    for axis in range(3):
        at = x if axis == 0 else (y if axis == 1 else z)
        if along[axis] > 1e-12:
            least = min(least, ((np.floor(at / BLOCK) + 1) * BLOCK - at) / along[axis])
        elif along[axis] < -1e-12:
            least = min(least, (np.floor(at / BLOCK) * BLOCK - at) / along[axis])
    return least


past_block = compiled(_past_block)


def _block_at(blocks: Any, x: float, y: float, z: float) -> Any:
    """What is known of the block a point lies in."""
    return blocks[
        min(max(int(z) // BLOCK, 0), blocks.shape[0] - 1),
        min(max(int(y) // BLOCK, 0), blocks.shape[1] - 1),
        min(max(int(x) // BLOCK, 0), blocks.shape[2] - 1),
    ]


block_at = compiled(_block_at)
