"""Coarse pictures without compiled code: for the first seconds, and where nothing can be compiled."""

import numpy as np
from numpy.typing import NDArray

from desktop.volume.rays import Rays, Size
from desktop.volume.scene import Scene
from desktop.volume.shear import Place, Shear
from engine.pictures.colours import ENTRIES, Table
from engine.pictures.pixels import Pixels

COARSER = 3
Plane = NDArray[np.float32]


def plain_picture(scene: Scene, size: Size) -> Pixels:
    """The maximum, or the average where that is wished, at a third of a screen of `size`."""
    assert scene.solid.drawn is not None
    small = (max(1, size[0] // COARSER), max(1, size[1] // COARSER))
    copies = scene.solid.drawn.coarse
    rays = Rays.of(scene.camera, copies.grid, small, scene.levels.grid)
    shear = Shear.of(rays, scene.camera, copies.grid, scene.look.clip)
    flat = _flattened(copies.cubes[shear.axis], shear, mean=scene.look.mode == "average")
    steps = _placed(flat, shear.place, small)
    window = scene.look.shown
    ramp = np.linspace(0, 1, ENTRIES, dtype=np.float32)[:: -1 if window.inverted else 1]
    colours = np.repeat(ramp[:, np.newaxis], 4, axis=1)
    shown = _looked_up(colours, steps, scene.levels.entries((window.low, window.high), ENTRIES))
    shown[steps == 0] = scene.ground
    if scene.tint is not None and scene.tint.solid.drawn is not None:
        over = _flattened(scene.tint.solid.drawn.coarse.cubes[shear.axis], shear, mean=False)
        steps = _placed(over, shear.place, small)
        above = _looked_up(scene.tint_table(), steps, scene.tint_fit)
        above[steps == 0, 3] = 0
        shown = _over(shown, above)
    return _packed(shown)


def _flattened(cube: NDArray[np.uint16], shear: Shear, *, mean: bool) -> Plane:
    """All slices over each other, each shifted by whole voxels."""
    flat = np.zeros(shear.shape, np.float32)
    seen = np.zeros(shear.shape, np.float32)
    for k in range(shear.bounds[0], shear.bounds[1]):
        row, low_v, high_v = _span(k * shear.lean[1] - shear.lean[3], *shear.bounds[4:])
        column, low_u, high_u = _span(k * shear.lean[0] - shear.lean[2], *shear.bounds[2:4])
        part = cube[k, low_v + 1 : high_v + 1, low_u + 1 : high_u + 1]
        area = (slice(row, row + part.shape[0]), slice(column, column + part.shape[1]))
        flat[area] = flat[area] + part if mean else np.maximum(flat[area], part)
        seen[area] += 1
    return np.divide(flat, seen, out=flat, where=seen > 0) if mean else flat


def _span(shift: float, low: float, high: float) -> tuple[int, int, int]:
    first, last = int(np.ceil(low)), int(np.floor(high)) + 1
    return first - round(shift), first, max(first, last)


def _placed(flat: Plane, place: Place, size: Size) -> Plane:
    columns, rows = np.arange(size[0]), np.arange(size[1])[:, np.newaxis]
    down = np.rint(place[0] + place[1] * columns + place[2] * rows).astype(np.intp)
    over = np.rint(place[3] + place[4] * columns + place[5] * rows).astype(np.intp)
    inside = (down >= 0) & (over >= 0) & (down < flat.shape[0]) & (over < flat.shape[1])
    return np.where(inside, flat[down.clip(0, flat.shape[0] - 1), over.clip(0, flat.shape[1] - 1)], np.float32(0))


def _looked_up(table: Table, steps: Plane, fit: tuple[float, float]) -> Table:
    made: Table = table[np.clip(steps * fit[0] + fit[1] + 0.5, 0, len(table) - 1).astype(np.intp)]
    return made


def _over(below: Table, above: Table) -> Table:
    mixed: Table = below + (above - below) * above[..., 3:]
    return mixed


def _packed(shown: Table) -> Pixels:
    parts = np.rint(shown[..., :3].clip(0, 1) * 255).astype(np.uint32)
    made: Pixels = np.uint32(0xFF000000) | (parts[..., 0] << 16) | (parts[..., 1] << 8) | parts[..., 2]
    return made
