"""Planes along the patient's axes of a volume that was acquired at an angle: each slice is computed when it is seen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import Affine, Array, Volume, spacing_of
from engine.pictures.plane import WORLD_AXIS, Plane, Voxel, World, placed

STRAIGHT_DEGREES = 0.5
MOST_PIXELS = 768
BAND = 32
Floats = NDArray[np.float32]
Values = Callable[[NDArray[np.int64]], Array]


@dataclass(frozen=True, eq=False)
class Resliced(Plane):
    """A plane of a grid that is not stored: `stored_affine` and `stored_shape` are those of the volume it cuts."""

    stored_shape: tuple[int, int, int] = (1, 1, 1)
    stored_affine: Affine = None  # type: ignore[assignment]

    @property
    def resliced(self) -> bool:
        return True

    def picture(self, grid: Array, index: int) -> Array:
        """Slice `index` through a stored (z, y, x) grid, blended from the eight voxels around.

        Outside of it there is no number.
        """
        made = np.empty((self.rows, self.columns), np.float32)
        start, right, down = self._steps(index)
        values, columns = _values_of(grid), np.arange(self.columns, dtype=np.float32)
        for top in range(0, self.rows, BAND):
            rows = np.arange(top, min(top + BAND, self.rows), dtype=np.float32)[:, np.newaxis]
            places = [
                np.float32(start[a]) + np.float32(down[a]) * rows + np.float32(right[a]) * columns for a in range(3)
            ]
            made[top : top + BAND] = _blended(values, self.stored_shape, places)
        return made

    def voxel_at(self, column: float, row: float, index: int) -> Voxel | None:
        """The stored voxel nearest to a point of the picture; None outside of the volume."""
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return None
        at = self._stored_inverse @ (np.asarray(self.to_world(column, row, index)) - self.stored_affine[:3, 3])
        x, y, z = (round(float(value)) for value in at)
        inside = all(0 <= value < size for value, size in zip((x, y, z), self.stored_shape, strict=True))
        return (x, y, z) if inside else None

    def point_of(self, voxel: tuple[float, float, float]) -> tuple[float, float]:
        return self.of_world(self.world(voxel))[:2]

    def world(self, voxel: tuple[float, float, float]) -> World:
        return placed(self.stored_affine, voxel)

    def holds(self, voxel: Voxel, index: int) -> bool:
        return round(self.of_world(self.world(voxel))[2]) == index

    def middle(self, index: int) -> World:
        return placed(self.affine, self.centre(index))

    @cached_property
    def _stored_inverse(self) -> Affine:
        return np.asarray(np.linalg.inv(self.stored_affine[:3, :3]), np.float64)

    def _steps(self, index: int) -> tuple[Affine, Affine, Affine]:
        """In stored voxels (x, y, z): the middle of the first pixel, and the ways to the next ones right and below."""
        corner, right, below = (
            self._stored_inverse @ (np.asarray(self.to_world(c, r, index)) - self.stored_affine[:3, 3])
            for c, r in ((0.5, 0.5), (1.5, 0.5), (0.5, 1.5))
        )
        return corner, right - corner, below - corner


def is_oblique(volume: Volume) -> bool:
    """Whether its axes are tilted against the patient's, and it is thick enough to be cut along those."""
    columns = volume.affine[:3, :3]
    sizes = np.linalg.norm(columns, axis=0)
    if min(volume.shape_xyz) < 2 or "?" in volume.orientation or not np.isfinite(volume.affine).all():
        return False
    return bool((np.abs(columns / sizes).max(axis=0) < np.cos(np.deg2rad(STRAIGHT_DEGREES))).any())


def patient_grid(volume: Volume, world_axis: int) -> tuple[tuple[int, int, int], Affine]:
    """Shape and affine of a grid along R, A and S about all of a volume, in slices along `world_axis`.

    Its pixels are square and as fine as the finest voxels; its slices as thick as those that lie nearest to it.
    """
    nx, ny, nz = ((-0.5, size - 0.5) for size in volume.shape_xyz)
    corners = np.array([volume.to_world(corner) for corner in product(nx, ny, nz)])
    low, high = corners.min(axis=0), corners.max(axis=0)
    spacing, letters = spacing_of(volume.affine), volume.orientation
    steps = np.full(3, max(min(spacing), float((high - low).max()) / MOST_PIXELS))
    steps[world_axis] = next(spacing[i] for i, letter in enumerate(letters) if WORLD_AXIS[letter] == world_axis)
    shape = np.maximum(1, np.ceil((high - low) / steps - 1e-6)).astype(int)
    affine = np.diag([*steps, 1.0])
    affine[:3, 3] = (low + high) / 2 - steps * (shape - 1) / 2
    return (int(shape[0]), int(shape[1]), int(shape[2])), affine


def _values_of(grid: Array) -> Values:
    """The values of a grid by their places in it, counted through; nothing of it is copied."""
    if grid.flags.c_contiguous:
        return grid.reshape(-1).take
    return lambda places: grid[np.unravel_index(places, grid.shape)]


def _blended(values: Values, shape: tuple[int, int, int], places: list[Floats]) -> Floats:
    """Trilinear values at places (x, y, z in voxels) of a grid of `shape` (x, y, z)."""
    strides = (1, shape[0], shape[0] * shape[1])
    cells = [_cell(at, size) for at, size in zip(places, shape, strict=True)]
    base = np.zeros(places[0].shape, np.int64)
    for (first, _), stride in zip(cells, strides, strict=True):
        base += np.multiply(first, stride, dtype=np.int64)
    blend = _along(values, base, [share for _, share in cells], strides)
    for at, size in zip(places, shape, strict=True):
        if not _within(at, -0.5, size - 0.5):
            blend[(at < -0.5) | (at > size - 0.5)] = np.nan
    return blend


def _cell(at: Floats, size: int) -> tuple[NDArray[np.int32], Floats]:
    """The voxel before each place, and how far it is from there to the next."""
    if _within(at, 0, size - 1.001):
        first = at.astype(np.int32)
        return first, at - first.astype(np.float32)
    first = np.clip(at.astype(np.int32), 0, size - 2)
    return first, np.clip(at - first.astype(np.float32), 0.0, 1.0)


def _within(at: Floats, low: float, high: float) -> bool:
    """Whether all of a plane's places are; the corners are the utmost ones."""
    corners = at[:: max(1, len(at) - 1), :: max(1, at.shape[1] - 1)]
    return bool(corners.min() >= low and corners.max() <= high)


def _along(values: Values, base: NDArray[np.int64], shares: list[Floats], strides: tuple[int, ...]) -> Floats:
    """Blend along the last axis what is blended along those before it."""
    if not shares:
        return np.asarray(values(base), np.float32)
    *before, share = shares
    *nearer, stride = strides
    first, second = (_along(values, at, before, tuple(nearer)) for at in (base, base + stride))
    second -= first
    second *= share
    second += first
    return second
