"""Volumes on other grids, in one interpolation each: from voxel to voxel, whatever lies between."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from engine.imaging.geometry import skewed, usable
from engine.imaging.orienting import array_order
from engine.imaging.volume import Affine, Array, Volume, spacing_of

Order = Literal[0, 1, 3]
Shape = tuple[int, int, int]

_COARSER = 2.0  # from here on neighbours are averaged first
_TOLERANCE = 1e-6  # of a voxel, for what rounding does to positions


def resampled(volume: Volume, affine: Affine, shape_xyz: Shape, order: Order = 1, fill: float = 0.0) -> Volume:
    """The volume on the grid of `affine` (to RAS+ mm) and `shape_xyz`; what lies outside of it becomes `fill`.

    `order` is 0 (nearest: labels and masks, whose type is kept), 1 (linear) or 3 (cubic spline); 1 and 3 give
    float32. A voxel reaches half its size beyond its centre. Along axes that become more than twice as coarse the
    voxels are smoothed first (Gaussian, sigma of (factor - 1) / 2 voxels), except for order 0. Voxels that are not
    finite stay so as far as they outweigh the finite ones beside them, and never spread; where there are any, cubic
    becomes linear. ValueError where the grid or the order cannot be used.
    """
    _check(affine, shape_xyz, order, fill, volume.array.dtype)
    grid = _Grid(volume, affine, shape_xyz)
    array = np.empty((volume.frames, *shape_xyz[::-1]), _type(volume.array.dtype, order))
    for frame, out in zip(volume.array, array, strict=True):
        grid.fill_in(frame, out, order, fill)
    return replace(volume, array=array, affine=affine.astype(np.float64), colour=grid.coloured(volume, order))


def resampled_to(volume: Volume, spacing: tuple[float, float, float], order: Order = 1) -> Volume:
    """The same field of view, around the same centre, in voxels of `spacing` (x, y, z) mm."""
    if not all(np.isfinite(size) and size > 0 for size in spacing):
        raise ValueError("a spacing is three sizes above 0 mm")
    old = np.array(volume.shape_xyz)
    factor = np.array(spacing) / spacing_of(volume.affine)
    new = np.maximum(np.ceil(old / factor - 1e-3), 1).astype(int)
    step = np.diag([*factor, 1.0])
    step[:3, 3] = (old - 1) / 2 - factor * (new - 1) / 2
    x, y, z = new.tolist()
    return resampled(volume, volume.affine @ step, (x, y, z), order)


def straightened(volume: Volume, order: Order = 1, fill: float | None = None) -> Volume:
    """On a grid with right angles that holds all of it: x keeps its direction, and all axes their spacing.

    The spacing along z becomes the distance between the slices. What lies outside becomes `fill`, by default the
    smallest value. A volume that stands straight is returned as it is.
    """
    if not skewed(volume.affine):
        return volume
    affine, shape = _upright(volume.affine, volume.shape_xyz)
    if fill is None:
        fill = float(np.nanmin(volume.array)) if np.isfinite(volume.array).any() else 0.0
    return resampled(volume, affine, shape, order, fill)


class _Grid:
    """Where the voxels of a new grid lie between those of an old one."""

    def __init__(self, volume: Volume, affine: Affine, shape_xyz: Shape) -> None:
        self._matrix, self._offset = array_order(np.linalg.solve(volume.affine, affine).astype(np.float64))
        self._shape = shape_xyz[::-1]
        self._outside = self._beyond(volume.array.shape[1:])
        factors = np.linalg.norm(self._matrix, axis=1)
        self._blur = np.where(factors > _COARSER, (factors - 1) / 2, 0.0)

    def fill_in(self, frame: Array, out: Array, order: Order, fill: float) -> None:
        """Interpolate a frame (z, y, x) into `out`."""
        finite = np.isfinite(frame) if frame.dtype.kind == "f" and order else np.array(True)
        if finite.all():
            self._sample(self._smooth(frame, order), out, order)
        else:
            self._sample_around_gaps(frame, finite, out)
        out[self._outside] = fill

    def coloured(self, volume: Volume, order: Order) -> Array | None:
        """The colour of a volume on the new grid, black outside; cubic would ring."""
        if volume.colour is None:
            return None
        made = np.zeros((volume.frames, *self._shape, 3), np.uint8)
        plain = np.empty(self._shape, np.float32)
        for frame, channel in itertools.product(range(volume.frames), range(3)):
            self.fill_in(volume.colour[frame, ..., channel], plain, min(order, 1), 0.0)
            made[frame, ..., channel] = np.rint(plain)
        return made

    def _sample_around_gaps(self, frame: Array, finite: Array, out: Array) -> None:
        weight = np.empty(self._shape, np.float32)
        self._sample(self._smooth(finite.astype(np.float32), 1), weight, 1)
        self._sample(self._smooth(np.where(finite, frame, 0), 1), out, 1)
        enough = weight >= 0.5
        np.divide(out, weight, out=out, where=enough)
        out[~enough] = np.nan

    def _smooth(self, frame: Array, order: Order) -> Array:
        if order == 0 or not self._blur.any():
            return frame
        from scipy.ndimage import gaussian_filter

        smooth: Array = gaussian_filter(frame, self._blur, output=np.float32, mode="nearest")
        return smooth

    def _sample(self, frame: Array, out: Array, order: Order) -> None:
        from scipy.ndimage import affine_transform

        diagonal = np.diag(self._matrix)
        matrix = diagonal if np.array_equal(np.diag(diagonal), self._matrix) else self._matrix
        affine_transform(frame, matrix, self._offset, self._shape, output=out, order=order, mode="nearest")

    def _beyond(self, old: tuple[int, ...]) -> Array:
        """Which new voxels (z, y, x) have their centre outside the old grid."""
        beyond = np.zeros(self._shape, bool)
        for plane, indices in self._planes():
            for axis, length in enumerate(old):
                place = sum(indices[i] * self._matrix[axis, i] for i in range(3)) + self._offset[axis]
                beyond[plane] |= (place < -0.5 - _TOLERANCE) | (place > length - 0.5 + _TOLERANCE)
        return beyond

    def _planes(self) -> Iterator[tuple[int, tuple[Array, Array, Array]]]:
        rows, columns = np.arange(self._shape[1])[:, None], np.arange(self._shape[2])[None]
        for plane in range(self._shape[0]):
            yield plane, (np.asarray(plane), rows, columns)


def _check(affine: Affine, shape_xyz: Shape, order: int, fill: float, dtype: np.dtype[Any]) -> None:
    if not usable(affine):
        raise ValueError("the affine of the new grid places its voxels nowhere")
    if min(shape_xyz) < 1:
        raise ValueError("a grid has at least one voxel along x, y and z")
    if order not in (0, 1, 3):
        raise ValueError(f"interpolation of order {order} is not known: 0 nearest, 1 linear, 3 cubic")
    if order == 0 and dtype.kind in "iu":
        limits = np.iinfo(dtype)
        if fill != int(fill) or not limits.min <= fill <= limits.max:
            raise ValueError(f"{fill:g} cannot be stored beside voxels of type {dtype}")


def _type(stored: np.dtype[Any], order: Order) -> np.dtype[Any]:
    return stored.newbyteorder("=") if order == 0 and stored.kind in "iub" else np.dtype(np.float32)


def _upright(affine: Affine, shape_xyz: Shape) -> tuple[Affine, Shape]:
    """The smallest grid with right angles, its first axes as before, around another one."""
    turn, upper = np.linalg.qr(affine[:3, :3])
    sizes = np.diagonal(upper).copy()
    corners = np.array(list(itertools.product(*((-0.5, count - 0.5) for count in shape_xyz))))
    places = corners @ (upper / sizes[:, None]).T
    low, high = places.min(axis=0), places.max(axis=0)
    x, y, z = np.maximum(np.ceil(high - low - 1e-3), 1).astype(int).tolist()
    upright = np.eye(4)
    upright[:3, :3] = turn * sizes
    upright[:3, 3] = affine[:3, 3] + upright[:3, :3] @ (low + 0.5)
    return upright, (x, y, z)
