"""Pictures of a scene at rest: a ray through the voxels for every pixel."""

from collections.abc import Callable, Iterator

import numpy as np

from desktop.volume.bands import in_bands
from desktop.volume.kernels.casting import grey_rays
from desktop.volume.kernels.casting_colours import colour_rays
from desktop.volume.kernels.warping import colour_band, grey_band
from desktop.volume.levels import MOST
from desktop.volume.moving import NO_CUBE, NO_PLANE, farther
from desktop.volume.quaternion import Matrix
from desktop.volume.rays import Rays, Size
from desktop.volume.scene import Scene
from desktop.volume.shear import turn_of
from engine.errors import Cancelled
from engine.pictures.pixels import Pixels

STEP = 0.5
PIECE = 32
STRAIGHT = (0.0, 0.0, 1.0, 0.0, 1.0, 0.0)

Wanted = Callable[[], bool]


def still_picture(scene: Scene, size: Size, wanted: Wanted = lambda: True) -> Pixels:
    """The scene as (rows, columns) of opaque pixels; Cancelled soon after `wanted` says no."""
    out = np.empty((size[1], size[0]), np.uint32)
    draw = _greys if scene.look.greys else _colours
    draw(scene, size, wanted, out)
    return out


def _greys(scene: Scene, size: Size, wanted: Wanted, out: Pixels) -> None:
    base = np.zeros(out.shape, np.float32)
    over = NO_PLANE if scene.tint is None else np.zeros(out.shape, np.float32)
    own, bounds = scene.rays(size), _bounds(scene)
    gate = (_rows_of(own), bounds)
    assert scene.solid.drawn is not None
    greatest = scene.solid.drawn.blocks.greatest
    fewest = scene.shortest(own, scene.levels.grid) if scene.look.mode == "average" else 0.0
    step = STEP if fewest == 0 else 1.0
    for first, last in _pieces(out.shape[0], wanted):
        arguments = (scene.levels.values, greatest, _rows_of(own), bounds, *gate, 1.0, step, fewest, 0.0, False, base)
        in_bands(grey_rays, last, *arguments, first=first)
        if scene.tint is not None:
            _tint(scene, size, gate, over, (first, last))
    paint = (scene.look.table(), scene.fit, scene.tint_table(), scene.tint_fit, scene.sharp)
    in_bands(grey_band, out.shape[0], base, NO_PLANE, 1.0, over, STRAIGHT, STRAIGHT, paint, scene.ground, out)


def _tint(scene: Scene, size: Size, gate: tuple[Matrix, Matrix], over: np.ndarray, rows: tuple[int, int]) -> None:
    assert scene.tint is not None
    assert scene.tint.solid.drawn is not None
    levels = scene.tint.solid.levels
    rays = Rays.of(scene.camera, levels.grid, size, scene.levels.grid)
    size_xyz = np.array(levels.grid.shape, float)
    bounds = np.stack([np.full(3, -0.5), size_xyz - 0.5])
    ratio = scene.rays(size).unit_mm / rays.unit_mm
    blocks, middle = scene.tint.solid.drawn.blocks, scene.tint.middle
    arguments, sharp = (_rows_of(rays), bounds, *gate, ratio, STEP, 0.0), scene.sharp
    in_bands(grey_rays, rows[1], levels.values, blocks.greatest, *arguments, 0.0, sharp, over, first=rows[0])
    if middle is not None:
        flipped = np.zeros_like(over)
        turned = (MOST - blocks.least, *arguments, MOST + 1.0)
        in_bands(grey_rays, rows[1], levels.values, *turned, sharp, flipped, first=rows[0])
        part = slice(*rows)
        over[part] = farther(over[part], flipped[part], middle)


def _colours(scene: Scene, size: Size, wanted: Wanted, out: Pixels) -> None:
    rays = scene.rays(size)
    step_mm = STEP * rays.unit_mm
    tint, tint_fit, haze = scene.tint_table(), scene.tint_fit, scene.haze(step_mm)
    paint = (scene.table(step_mm), scene.fit, scene.surface, tint, tint_fit, haze, scene.sharp)
    second, link, over = NO_CUBE, np.eye(4), NO_PLANE
    above = scene.tint_levels
    if above is not None:
        second, over = above.values, np.zeros(out.shape, np.float32)
        link = above.grid.inverse @ scene.levels.grid.affine
    turn = np.ascontiguousarray(turn_of(scene.camera, scene.levels.grid))
    flat = np.zeros((4, *out.shape), np.float32)
    lines, bounds = _rows_of(rays), _bounds(scene)
    inputs = (scene.levels.values, _seen(scene), second, link, lines, bounds, STEP, turn, paint, flat)
    for first, last in _pieces(out.shape[0], wanted):
        in_bands(colour_rays, last, *inputs, first=first)
        if scene.tint is not None:
            _tint(scene, size, (lines, bounds), over, (first, last))
    in_bands(colour_band, out.shape[0], flat, over, STRAIGHT, STRAIGHT, tint, tint_fit, scene.ghost, scene.sharp, out)


def _seen(scene: Scene) -> np.ndarray:
    assert scene.solid.drawn is not None
    blocks = scene.solid.drawn.blocks
    if scene.tint is not None:
        return blocks.everywhere()
    if scene.look.mode == "iso":
        return blocks.reaching(scene.surface)
    return blocks.visible(scene.look.table(), scene.fit)


def _rows_of(rays: Rays) -> Matrix:
    return np.stack([rays.origin, rays.across, rays.down, rays.along])


def _bounds(scene: Scene) -> Matrix:
    return np.stack(scene.levels.grid.bounds(scene.look.clip))


def _pieces(rows: int, wanted: Wanted) -> Iterator[tuple[int, int]]:
    for first in range(0, rows, PIECE):
        if not wanted():
            raise Cancelled
        yield first, min(first + PIECE, rows)
