"""Pictures of a scene while it moves: by shear, in milliseconds."""

from dataclasses import dataclass

import numpy as np

from desktop.volume.bands import in_bands
from desktop.volume.copies import Copies
from desktop.volume.kernels.layering import layered_band
from desktop.volume.kernels.shearing import summed_band, widest_band
from desktop.volume.kernels.warping import colour_band, grey_band
from desktop.volume.levels import MOST, Steps
from desktop.volume.rays import Rays, Size
from desktop.volume.scene import Scene
from desktop.volume.shear import Shear
from desktop.volume.solid import Solid
from engine.pictures.colours import Table
from engine.pictures.pixels import Pixels

NO_PLANE: Table = np.zeros((0, 0), np.float32)
NO_STEPS: Steps = np.zeros((0, 0), np.uint16)
NO_CUBE: Steps = np.zeros((0, 0, 0), np.uint16)


@dataclass(frozen=True, eq=False)
class _Sheared:
    """A scene with what is shifted for it; `fewest` is how many voxels an average counts at least."""

    scene: Scene
    shear: Shear
    cube: Steps
    second: Steps
    fewest: float


def moving_picture(scene: Scene, size: Size, *, light: bool = False) -> Pixels:
    """The scene as (rows, columns) of opaque pixels for a screen of `size`, from fewer voxels if `light`."""
    sheared = _sheared(scene, size, light)
    out = np.empty((size[1], size[0]), np.uint32)
    draw = _draw_greys if scene.look.greys else _draw_colours
    draw(sheared, out)
    return out


def _sheared(scene: Scene, size: Size, light: bool) -> _Sheared:
    copies = _copies(scene.solid, light)
    rays = Rays.of(scene.camera, copies.grid, size, scene.levels.grid)
    shear = Shear.of(rays, scene.camera, copies.grid, scene.look.clip)
    second = NO_CUBE if scene.tint is None else _copies(scene.tint.solid, light).cubes[shear.axis]
    return _Sheared(scene, shear, copies.cubes[shear.axis], second, scene.shortest(rays, copies.grid))


def _copies(solid: Solid, light: bool) -> Copies:
    assert solid.drawn is not None
    return solid.drawn.light if light else solid.drawn.moving


def _draw_greys(sheared: _Sheared, out: Pixels) -> None:
    scene, place = sheared.scene, sheared.shear.place
    flatten = _summed if scene.look.mode == "average" else _widest
    base, counts = flatten(sheared.cube, sheared.shear)
    over = _extremes(sheared)
    paint = (scene.look.table(), scene.fit, scene.tint_table(), scene.tint_fit, scene.sharp)
    in_bands(grey_band, out.shape[0], base, counts, sheared.fewest, over, place, place, paint, scene.ground, out)


def _draw_colours(sheared: _Sheared, out: Pixels) -> None:
    scene, shear = sheared.scene, sheared.shear
    flat = np.zeros((4, *shear.shape), np.float32)
    tint, tint_fit, haze = scene.tint_table(), scene.tint_fit, scene.haze(shear.unit_mm)
    paint = (scene.table(shear.unit_mm), scene.fit, scene.surface, tint, tint_fit, haze, scene.sharp)
    turn = np.ascontiguousarray(shear.turn)
    way = (shear.lean, shear.bounds, shear.backwards, turn)
    in_bands(layered_band, shear.shape[0], sheared.cube, sheared.second, *way, paint, flat)
    over = _extremes(sheared)
    in_bands(
        colour_band, out.shape[0], flat, over, shear.place, shear.place, tint, tint_fit, scene.ghost, scene.sharp, out
    )


def _widest(cube: Steps, shear: Shear) -> tuple[Steps, Table]:
    if not cube.size:
        return NO_STEPS, NO_PLANE
    return _greatest(cube, shear, 0, sharp=False), NO_PLANE


def _greatest(cube: Steps, shear: Shear, flip: int, *, sharp: bool) -> Steps:
    flat = np.zeros(shear.shape, np.uint16)
    in_bands(widest_band, shear.shape[0], cube, shear.lean, shear.bounds, flip, sharp, flat)
    return flat


def _extremes(sheared: _Sheared) -> Table:
    """What is seen of the overlay: the greatest, or of a signed map what is farthest from zero."""
    tint = sheared.scene.tint
    if tint is None:
        return NO_PLANE
    greatest = _greatest(sheared.second, sheared.shear, 0, sharp=sheared.scene.sharp).astype(np.float32)
    if tint.middle is None:
        return greatest
    flipped = _greatest(sheared.second, sheared.shear, MOST, sharp=sheared.scene.sharp)
    return farther(greatest, flipped.astype(np.float32), tint.middle)


def farther(greatest: Table, flipped: Table, middle: float) -> Table:
    """Of the greatest and the least step (the latter counted down from MOST + 1) what is farther from `middle`."""
    least = MOST + 1 - flipped
    picked: Table = np.where((flipped > 0) & (middle - least > greatest - middle), least, greatest)
    return picked


def _summed(cube: Steps, shear: Shear) -> tuple[Table, Table]:
    flat = np.zeros((2, *shear.shape), np.float32)
    in_bands(summed_band, shear.shape[0], cube, shear.lean, shear.bounds, flat)
    return flat[0], flat[1]
