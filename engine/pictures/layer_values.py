"""The values of a layer over a slice, and at a voxel."""

from dataclasses import replace

import numpy as np

from engine.imaging.volume import Array
from engine.pictures.lattice import Lattice, placeable, same_grid
from engine.pictures.layer import Layer
from engine.pictures.pixels import Part, averaged
from engine.pictures.plane import Voxel
from engine.pictures.sampling import values_along, values_at
from engine.pictures.viewing import Viewing

COLOURS = 3


def drawable(viewing: Viewing, layer: Layer) -> bool:
    """Whether it is wished for, and known where it lies."""
    volume = layer.overlay.volume
    return layer.shown and (same_grid(volume, viewing.volume) or placeable(volume))


def taken(viewing: Viewing, layer: Layer) -> bool:
    """Whether its slice is one that is stored, voxel upon voxel; else it has to be sampled."""
    return not viewing.plane.resliced and same_grid(layer.overlay.volume, viewing.volume)


def values_over(viewing: Viewing, layer: Layer, lattice: Lattice) -> Array:
    """Its values at the samples of a lattice (rows, columns), or its colours (rows, columns, 3) of a coloured scan."""
    volume, frame = layer.overlay.volume, layer.frame_over(viewing.volume, viewing.frame)
    if volume.colour is None or layer.kind != "scan":
        return _of_grid(viewing, layer, lattice, volume.array[frame])
    parts = [_of_grid(viewing, layer, lattice, volume.colour[frame, ..., part]) for part in range(COLOURS)]
    return np.stack(parts, axis=-1)


def value_under(viewing: Viewing, layer: Layer, voxel: Voxel) -> float:
    """Its value at the middle of a voxel of the scan; not a number where there is nothing of it."""
    volume, frame = layer.overlay.volume, layer.frame_over(viewing.volume, viewing.frame)
    if same_grid(volume, viewing.volume):
        x, y, z = voxel
        return float(volume.array[frame, z, y, x])
    if not placeable(volume):
        return float("nan")
    place = [np.asarray(at) for at in volume.to_voxel(viewing.plane.world(voxel))]
    return float(values_at(volume.array[frame], place, nearest=layer.look.labels))


def _of_grid(viewing: Viewing, layer: Layer, lattice: Lattice, grid: Array) -> Array:
    look = layer.look
    if taken(viewing, layer):
        return _taken(viewing.plane.picture(grid, viewing.index), lattice, labels=look.labels)
    mean = lattice.mean
    finer = replace(lattice, across=mean * lattice.across, down=mean * lattice.down)
    ways = finer.ways(viewing.plane, viewing.index, look.volume)
    values = values_along(grid, ways, finer.rows, finer.columns, nearest=look.labels)
    return values if mean == 1 else averaged(values, Part(0, 0, finer.columns, finer.rows, mean, mean))


def _taken(picture: Array, lattice: Lattice, *, labels: bool) -> Array:
    """The stored values themselves; of blocks of them the mean, or the middle one of a mask."""
    part = lattice.part
    if not labels:
        return averaged(picture, part)
    rows = part.top + part.down // 2 + part.down * np.arange(lattice.rows // lattice.down)
    columns = part.left + part.across // 2 + part.across * np.arange(lattice.columns // lattice.across)
    values = picture[rows[:, np.newaxis], columns] if part.across * part.down > 1 else _cut(picture, lattice)
    return values.repeat(lattice.down, 0).repeat(lattice.across, 1) if lattice.across * lattice.down > 1 else values


def _cut(picture: Array, lattice: Lattice) -> Array:
    part = lattice.part
    return picture[part.top : part.bottom, part.left : part.right]
