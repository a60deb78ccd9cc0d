"""Volumes and scenes whose pictures the tests know."""

from dataclasses import replace

import numpy as np
from scipy.ndimage import map_coordinates

from desktop.volume.camera import Camera
from desktop.volume.grid import FIT
from desktop.volume.look import Look, Mode
from desktop.volume.scene import Scene
from desktop.volume.solid import Solid, Tint
from desktop.volume.transfer import Point, Transfer
from engine.imaging.volume import Facts, Volume
from engine.pictures.overlay import Overlay
from engine.pictures.window import Window

SIDE = 63
SCREEN = (325, 325)
PER_VOXEL = 5
FIRST_PIXEL = 7
ZOOM = FIT * SIDE * PER_VOXEL / SCREEN[0]
WINDOW = Window.between(0, 1000)
LOOK = Look("mip", WINDOW, Transfer((Point(200, 0.0), Point(400, 0.4), Point(1000, 0.9))), iso=500)
SOLID = Transfer((Point(400, 0.0), Point(500, 1.0)))
OBLIQUE = Camera().turned(-130, 75)


def blobs() -> Volume:
    """Soft blobs of different heights in a cube of 63 mm, nothing at its border; 0 to 1000."""
    z, y, x = np.indices((SIDE, SIDE, SIDE), float)
    grid = np.zeros((SIDE, SIDE, SIDE))
    for at, width, height in (((20, 24, 40), 6, 1000), ((44, 30, 22), 8, 700), ((30, 46, 28), 5, 850)):
        distance = (x - at[0]) ** 2 + (y - at[1]) ** 2 + (z - at[2]) ** 2
        grid = np.maximum(grid, height * np.exp(-distance / (2 * width**2)))
    return Volume(np.rint(grid).astype(np.int16)[np.newaxis], np.eye(4), facts=Facts("nifti", "MR"))


def ball(affine: np.ndarray, shape: tuple[int, int, int], radius: float) -> Volume:
    """A bright ball about the world's origin, with a soft edge, on any grid."""
    x, y, z = np.indices(shape)
    world = np.tensordot(affine, np.stack([x, y, z, np.ones_like(x)]), 1)[:3]
    distance = np.sqrt((world**2).sum(axis=0))
    grid = 1000 * np.clip(radius + 0.5 - distance, 0, 1)
    return Volume(grid.transpose(2, 1, 0).astype(np.float32)[np.newaxis], affine)


def centred(columns: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """The affine with these columns that has the middle of the grid at the origin."""
    affine = np.eye(4)
    affine[:3, :3] = columns
    affine[:3, 3] = -affine[:3, :3] @ ((np.array(shape) - 1) / 2)
    return affine


def scene(
    volume: Volume, camera: Camera | None = None, mode: Mode = "mip", look: Look = LOOK, overlay: Overlay | None = None
) -> Scene:
    """A scene for the processor."""
    solid = Solid.of(volume, 0, processor=True)
    tint = None if overlay is None else Tint.of(overlay, solid)
    return Scene(solid, camera or Camera(), replace(look, mode=mode), tint)


def greys(pixels: np.ndarray) -> np.ndarray:
    """The green part of packed pixels."""
    return ((pixels >> 8) & 255).astype(float)


def colours(pixels: np.ndarray) -> np.ndarray:
    """Packed pixels as (rows, columns, red green blue)."""
    return np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], axis=-1).astype(float)


def at_voxels(picture: np.ndarray) -> np.ndarray:
    """A picture of SCREEN at ZOOM, only the pixels upon the centres of voxels."""
    return picture[FIRST_PIXEL::PER_VOXEL, FIRST_PIXEL::PER_VOXEL][:SIDE, :SIDE]


def numpy_maximum(seen: Scene, size: tuple[int, int]) -> np.ndarray:
    """The maximum along each ray by SciPy, a quarter of a voxel at a time, as greys from 0 to 255."""
    rays = seen.rays(size)
    values = (seen.levels.values.astype(float) - 1) / 65534 * (seen.levels.high - seen.levels.low) + seen.levels.low
    columns, rows = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    start = rays.origin + columns[..., np.newaxis] * rays.across + rows[..., np.newaxis] * rays.down
    best = np.zeros(columns.shape)
    reach = 2 * max(seen.levels.grid.shape)
    for t in np.arange(-reach, reach, 0.25):
        place = (start + t * rays.along)[..., ::-1].transpose(2, 0, 1)
        best = np.maximum(best, map_coordinates(values, place, order=1, mode="constant"))
    return (best / 1000 * 255).clip(0, 255)
