"""Colours of a whole volume by shear, laid over each other from the viewer on."""

from typing import Any

import numpy as np

from desktop.volume.kernels.compiling import compiled
from desktop.volume.kernels.shading import cut, entry, lay, shade
from desktop.volume.kernels.shearing import reach

OPAQUE = 0.97
EIGHT = 8


def _blend_row(cube: Any, k: int, v: int, u: int, count: int, below: float, right: float, row: Any) -> None:
    """`count` values of slice k between four voxels each, from so far below and right of (v, u) on."""
    one, fu, fv = np.float32(1), np.float32(right), np.float32(below)
    w11, w10, w01, w00 = fu * fv, (one - fu) * fv, fu * (one - fv), (one - fu) * (one - fv)
    a, b = cube[k, v, u : u + count], cube[k, v, u + 1 : u + count + 1]
    c, d = cube[k, v + 1, u : u + count], cube[k, v + 1, u + 1 : u + count + 1]
    for i in range(count):
        row[i] = w00 * np.float32(a[i]) + w01 * np.float32(b[i]) + w10 * np.float32(c[i]) + w11 * np.float32(d[i])


blend_row = compiled(_blend_row)


def _flag(row: Any, solid: Any, count: int, least: float, flags: Any) -> None:
    """1 wherever a step is at least `least` and the picture not opaque yet, for the first `count` places."""
    bound, opaque = np.float32(least), np.float32(OPAQUE)
    for i in range(count):
        flags[i] = np.uint8((row[i] >= bound) & (solid[i] <= opaque))


flag = compiled(_flag)


def _lit(cube: Any, k: int, v: int, u: int, turn: Any) -> tuple[float, float]:
    """What the surface at a voxel reflects."""
    v, u = min(max(v, 1), cube.shape[1] - 2), min(max(u, 1), cube.shape[2] - 2)
    before, after = max(k - 1, 0), min(k + 1, cube.shape[0] - 1)
    made: tuple[float, float] = shade(
        float(cube[k, v, u + 1]) - float(cube[k, v, u - 1]),
        float(cube[k, v + 1, u]) - float(cube[k, v - 1, u]),
        float(cube[after, v, u]) - float(cube[before, v, u]),
        turn,
    )
    return made


lit = compiled(_lit)


def _least_seen(density: Any, fit: Any, surface: float) -> Any:
    """A step below which nothing is seen, for a first and cheap look."""
    if surface >= 0.0:
        return np.float32(surface)
    first = 0
    while first < density.shape[0] and density[first] <= 0.0:
        first += 1
    return np.float32(-1.0 if first == 0 else (first - 0.5 - fit[1]) / fit[0] - 1.0)


least_seen = compiled(_least_seen)


def _behind(number: int, u: float, v: float, lean: Any, bounds: Any, backwards: bool) -> tuple[float, int]:
    """How many slices a point lies behind the face through which its ray comes in, and across which axis that is."""
    depth, face = float(number), 2
    for axis in range(2):
        slope = -lean[axis] if backwards else lean[axis]
        if abs(slope) > 1e-6:
            place = u if axis == 0 else v
            low, high = (bounds[2], bounds[3]) if axis == 0 else (bounds[4], bounds[5])
            way = (place - (low if slope > 0 else high)) / slope
            if way < depth:
                depth, face = way, axis
    return depth, face


behind = compiled(_behind)


def _lay_row(
    cube: Any, at: Any, lean: Any, bounds: Any, backwards: bool, turn: Any, faces: Any, paint: Any, tinted: bool,
    values: Any, others: Any, eights: Any, pixels: Any, row: int, begin: int, count: int,
) -> None:  # fmt: skip
    """Lay the `count` samples of a row behind `pixels` (4, columns), where `eights` flags something to be seen.

    `at` is (number, k, v, u, over, under, fv, fu): the slice by its turn and its index, the voxel of the first sample,
    how far the slice is shifted, and by which part of a voxel.
    """
    number, k, v, u, over, under, fv, fu = at
    table, fit, surface, tint, tint_fit, haze, _ = paint
    flags = eights.view(np.uint8)
    i = -1
    while i + 1 < count:
        i += 1
        if i % EIGHT == 0 and eights[i // EIGHT] == 0:
            i += EIGHT - 1
            continue
        if flags[i] == 0:
            continue
        seen = values[i] >= surface and table[entry(values[i], fit, table.shape[0]), 3] > 0.0
        other = others[i] if others[i] > 0.0 else np.float32(-1.0)
        if not seen and not (tinted and other > 0.0 and tint[entry(other, tint_fit, tint.shape[0]), 3] > 0.0):
            continue
        matt, gloss = 0.0, 0.0
        if seen:
            matt, gloss = lit(cube, k, v + int(fv >= 0.5), u + i + int(fu >= 0.5), turn)
            depth, face = behind(number, begin + i + over, row + under, lean, bounds, backwards)
            matt, gloss = cut(depth, faces[face], matt, gloss)
        lay(pixels[:, begin + i], seen, values[i], table, fit, matt, gloss, other, tint, tint_fit, haze)


lay_row = compiled(_lay_row)


def _layered_band(
    cube: Any, second: Any, lean: Any, bounds: Any, backwards: bool, turn: Any, paint: Any, out: Any,
    first: int, last: int,
) -> None:  # fmt: skip
    """`shearing` says what cube, lean and bounds are. `out` is premultiplied (4, rows, columns).

    `turn` takes gradients along (u, v, k) to the screen; `second` has no voxels where there is no overlay. `paint`
    is (table, fit, surface, tint, tint_fit, haze, sharp): see `shading.lay`; if `sharp` the overlay is not blended
    between voxels.
    """
    tinted = second.shape[0] > 0
    least = -1.0 if tinted else least_seen(paint[0][:, 3], paint[1], paint[2])
    faces = (shade(1.0, 0.0, 0.0, turn), shade(0.0, 1.0, 0.0, turn), shade(0.0, 0.0, 1.0, turn))
    values, others = np.zeros(out.shape[2], np.float32), np.full(out.shape[2], -1.0, np.float32)
    eights = np.zeros(out.shape[2] // EIGHT + 1, np.uint64)
    flags = eights.view(np.uint8)
    for number in range(bounds[1] - bounds[0]):
        k = bounds[1] - 1 - number if backwards else bounds[0] + number
        over, under = k * lean[0] - lean[2], k * lean[1] - lean[3]
        right, below = int(np.floor(over)), int(np.floor(under))
        fu, fv = over - right, under - below
        begin, end = reach(over, bounds[2], bounds[3], 0, out.shape[2])
        top, bottom = reach(under, bounds[4], bounds[5], first, last)
        flags[:] = 0
        for row in range(top, bottom):
            v, u = row + below + 1, begin + right + 1
            blend_row(cube, k, v, u, end - begin, fv, fu, values)
            if tinted:
                down, over_by = (np.floor(fv + 0.5), np.floor(fu + 0.5)) if paint[6] else (fv, fu)
                blend_row(second, k, v, u, end - begin, down, over_by, others)
            flag(values, out[3, row, begin:end], end - begin, least, flags)
            at = (number, k, v, u, over, under, fv, fu)
            lay_row(
                cube, at, lean, bounds, backwards, turn, faces, paint, tinted,
                values, others, eights, out[:, row], row, begin, end - begin,
            )  # fmt: skip


layered_band = compiled(_layered_band)
