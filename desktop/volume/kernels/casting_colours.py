"""Colours of rays through the voxels as they are; `casting` says what rays and bounds are."""

from typing import Any

import numpy as np

from desktop.volume.kernels.compiling import compiled
from desktop.volume.kernels.sampling import block_at, crossing, first_sample, nearest_at, past_block, value_at
from desktop.volume.kernels.shading import cut, entry, lay, shade

OPAQUE = 0.985
HALVINGS = 5


def _lit_at(grid: Any, x: float, y: float, z: float, turn: Any) -> tuple[float, float]:
    """What the surface at a point reflects."""
    made: tuple[float, float] = shade(
        value_at(grid, x + 1, y, z) - value_at(grid, x - 1, y, z),
        value_at(grid, x, y + 1, z) - value_at(grid, x, y - 1, z),
        value_at(grid, x, y, z + 1) - value_at(grid, x, y, z - 1),
        turn,
    )
    return made


lit_at = compiled(_lit_at)


def _exact(grid: Any, start: Any, along: Any, t: float, step: float, surface: float) -> float:
    """Where within the last step before `t` the surface is."""
    low, high = t - step, t
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        x, y, z = start[0] + middle * along[0], start[1] + middle * along[1], start[2] + middle * along[2]
        if value_at(grid, x, y, z) >= surface:
            high = middle
        else:
            low = middle
    return high


exact = compiled(_exact)


def _second_at(second: Any, link: Any, x: float, y: float, z: float, sharp: bool) -> float:
    """The overlay's step at a voxel of the first grid; negative where it has none.

    `link` takes one's voxels to the other's. Between voxels it is blended, or if `sharp` that of the nearest.
    """
    u = link[0, 0] * x + link[0, 1] * y + link[0, 2] * z + link[0, 3]
    v = link[1, 0] * x + link[1, 1] * y + link[1, 2] * z + link[1, 3]
    w = link[2, 0] * x + link[2, 1] * y + link[2, 2] * z + link[2, 3]
    inside = -0.5 <= u <= second.shape[2] - 0.5 and -0.5 <= v <= second.shape[1] - 0.5
    if not (inside and -0.5 <= w <= second.shape[0] - 0.5):
        return -1.0
    made = float(nearest_at(second, u, v, w)) if sharp else float(value_at(second, u, v, w))
    return made if made > 0.0 else -1.0


second_at = compiled(_second_at)


def _shade_of_face(start: Any, along: Any, bounds: Any, turn: Any) -> tuple[float, float]:
    """The light on the face of the box through which a ray comes in."""
    latest, axis = -1e30, 0
    for other in range(3):
        if abs(along[other]) > 1e-12:
            near = bounds[0, other] if along[other] > 0 else bounds[1, other]
            if (near - start[other]) / along[other] > latest:
                latest, axis = (near - start[other]) / along[other], other
    made: tuple[float, float] = shade(
        1.0 if axis == 0 else 0.0, 1.0 if axis == 1 else 0.0, 1.0 if axis == 2 else 0.0, turn
    )
    return made


shade_of_face = compiled(_shade_of_face)


def _layers_along(
    grid: Any, blocks: Any, second: Any, link: Any, start: Any, along: Any, bounds: Any, first: float, last: float,
    step: float, turn: Any, paint: Any, pixel: Any,
) -> None:  # fmt: skip
    """Lay a ray's samples over each other. `blocks` is 0 where a whole block has nothing to be seen."""
    table, fit, surface, tint, tint_fit, haze, sharp = paint
    face = shade_of_face(start, along, bounds, turn)
    t = first
    while t <= last and pixel[3] < OPAQUE:
        x, y, z = start[0] + t * along[0], start[1] + t * along[1], start[2] + t * along[2]
        if block_at(blocks, x, y, z) == 0:
            t += max(1.0, np.floor(past_block(x, y, z, along) / step + 1e-6)) * step
            continue
        value = value_at(grid, x, y, z)
        other = second_at(second, link, x, y, z, sharp) if second.shape[0] > 0 else -1.0
        seen = value >= surface if surface >= 0.0 else table[entry(value, fit, table.shape[0]), 3] > 0.0
        if seen and surface >= 0.0:
            back = exact(grid, start, along, t, step, surface) if t > first else t
            x, y, z = start[0] + back * along[0], start[1] + back * along[1], start[2] + back * along[2]
        if seen or other >= 0.0:
            matt, gloss = lit_at(grid, x, y, z, turn) if seen else (0.0, 0.0)
            matt, gloss = cut(t - first, face, matt, gloss)
            lay(pixel, seen, value, table, fit, matt, gloss, other, tint, tint_fit, haze)
        t += step


layers_along = compiled(_layers_along)


def _colour_rays(
    grid: Any, blocks: Any, second: Any, link: Any, rays: Any, bounds: Any, step: float, turn: Any, paint: Any,
    out: Any, first: int, last: int,
) -> None:  # fmt: skip
    """The premultiplied colours (4, rows, columns) behind the pixels of the rows `first` to `last`."""
    start = np.empty(3)
    for row in range(first, last):
        for column in range(out.shape[2]):
            for axis in range(3):
                start[axis] = rays[0, axis] + column * rays[1, axis] + row * rays[2, axis]
            enters, leaves = crossing(start, rays[3], bounds)
            if enters <= leaves:
                begin = first_sample(start, rays[3], enters, step)
                layers_along(
                    grid, blocks, second, link, start, rays[3], bounds, begin, leaves, step, turn, paint,
                    out[:, row, column],
                )  # fmt: skip


colour_rays = compiled(_colour_rays)
