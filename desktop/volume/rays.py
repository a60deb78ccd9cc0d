"""The rays of a picture: which voxels lie behind each pixel."""

from dataclasses import dataclass

import numpy as np

from desktop.volume.camera import Camera
from desktop.volume.grid import Grid
from desktop.volume.quaternion import Matrix

Size = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Rays:
    """In voxel coordinates (x, y, z): pixel (column, row) begins at `origin + column * across + row * down`.

    `along` leads away from the viewer; its largest part is 1 or -1, and one `along` is `unit_mm` long.
    """

    origin: Matrix
    across: Matrix
    down: Matrix
    along: Matrix
    unit_mm: float

    @classmethod
    def of(cls, camera: Camera, grid: Grid, size: Size, about: Grid | None = None) -> "Rays":
        """The rays through `grid` for a picture of `size` (width, height) fitted about `about`, or the grid."""
        fitted = about or grid
        pixel = mm_per_pixel(camera, fitted, size)
        to_world = camera.matrix.T
        corner = (-size[0] / 2 + 0.5) * pixel - camera.pan[0], (size[1] / 2 - 0.5) * pixel - camera.pan[1], 0.0
        world = fitted.centre + to_world @ np.array(corner)
        inverse = grid.inverse[:3, :3]
        along = inverse @ to_world @ np.array([0.0, 0.0, -1.0])
        largest = float(np.abs(along).max())
        return cls(
            inverse @ world + grid.inverse[:3, 3],
            inverse @ to_world[:, 0] * pixel,
            -(inverse @ to_world[:, 1]) * pixel,
            along / largest,
            1.0 / largest,
        )


def mm_per_pixel(camera: Camera, grid: Grid, size: Size) -> float:
    """How large a pixel of a picture (width, height) is in the patient."""
    return grid.fit_mm / (max(1, min(size)) * camera.zoom)


def on_screen(camera: Camera, grid: Grid, size: Size, points: Matrix) -> Matrix:
    """Where RAS+ points (n, 3) are drawn: column, row, and mm towards the viewer from the middle."""
    seen = (points - grid.centre) @ camera.matrix.T
    pixel = mm_per_pixel(camera, grid, size)
    columns = size[0] / 2 + (seen[:, 0] + camera.pan[0]) / pixel
    rows = size[1] / 2 - (seen[:, 1] + camera.pan[1]) / pixel
    return np.stack([columns, rows, seen[:, 2]], axis=1)
