"""How a parallel view of a volume comes apart into shifting its slices and then turning one flat picture."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from desktop.volume.camera import Camera
from desktop.volume.clip import Clip
from desktop.volume.copies import FACES
from desktop.volume.grid import Grid
from desktop.volume.quaternion import Matrix
from desktop.volume.rays import Rays

Place = tuple[float, float, float, float, float, float]
Bounds = tuple[int, int, float, float, float, float]
Lean = tuple[float, float, float, float]
NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Shear:
    """`axis` lies in depth. In slice k the flat picture's (row, column) lies at v = row + k * lean[1] - lean[3],
    u = column + k * lean[0] - lean[2]. `bounds` are k from and to, least and greatest u, least and greatest v.

    `place` says where in the flat picture the screen's pixels lie: row at (0, 0), per column, per row, and so for the
    column. `turn` takes gradients along (u, v, k) to the screen. A slice is `unit_mm` of the ray thick.
    """

    axis: int
    lean: Lean
    shape: tuple[int, int]
    bounds: Bounds
    backwards: bool
    place: Place
    turn: Matrix
    unit_mm: float

    @classmethod
    def of(cls, rays: Rays, camera: Camera, grid: Grid, clip: Clip) -> "Shear":
        """The shear for these rays through `grid`, of which `clip` leaves a part."""
        axis = int(np.argmax(np.abs(rays.along)))
        u, v = FACES[axis]
        slopes = tuple(float(rays.along[face] / rays.along[axis]) for face in (u, v))
        far = grid.shape[axis] - 1
        starts = tuple(max(0.0, far * slope) + 1.0 for slope in slopes)
        columns, rows = (
            ceil(grid.shape[face] + abs(far * slope)) + 2 for face, slope in zip((u, v), slopes, strict=True)
        )
        place = (*_line(rays, v, axis, slopes[1], starts[1]), *_line(rays, u, axis, slopes[0], starts[0]))
        return cls(
            axis,
            (slopes[0], slopes[1], starts[0], starts[1]),
            (rows, columns),
            _bounds(grid, clip, axis),
            bool(rays.along[axis] < 0),
            place,
            turn_of(camera, grid)[:, [u, v, axis]],
            rays.unit_mm,
        )


def turn_of(camera: Camera, grid: Grid) -> Matrix:
    """The matrix from gradients along voxel axes (x, y, z) to directions on the screen."""
    return camera.matrix @ grid.inverse[:3, :3].T


def _line(rays: Rays, face: int, axis: int, slope: float, start: float) -> tuple[float, float, float]:
    begin, across, down = (float(part[face] - part[axis] * slope) for part in (rays.origin, rays.across, rays.down))
    return (begin + start, across, down)


def _bounds(grid: Grid, clip: Clip, axis: int) -> Bounds:
    low, high = grid.bounds(clip)
    u, v = FACES[axis]
    first = max(0, ceil(low[axis] - NOTHING))
    last = min(grid.shape[axis], floor(high[axis] + NOTHING) + 1)
    if last <= first:
        first = min(max(0, round((low[axis] + high[axis]) / 2)), grid.shape[axis] - 1)
        last = first + 1
    return (first, last, float(low[u]), float(high[u]), float(low[v]), float(high[v]))
