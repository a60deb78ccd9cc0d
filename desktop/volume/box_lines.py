"""The edges of a box as seen from somewhere: which are behind it."""

from itertools import combinations

import numpy as np

from desktop.volume.camera import Camera
from desktop.volume.clip import Clip
from desktop.volume.grid import Grid
from desktop.volume.rays import Size, on_screen

Line = tuple[float, float, float, float]
EDGES = tuple(pair for pair in combinations(range(8), 2) if (pair[0] ^ pair[1]).bit_count() == 1)


def edges(camera: Camera, grid: Grid, size: Size, clip: Clip | None = None) -> tuple[list[Line], list[Line]]:
    """The lines (from x, y to x, y on the screen) at the back of the box, or of what `clip` leaves, and the others."""
    seen = on_screen(camera, grid, size, grid.corners(clip))
    farthest = int(np.argmin(seen[:, 2]))
    behind: list[Line] = []
    before: list[Line] = []
    for one, two in EDGES:
        line = (*map(float, seen[one, :2]), *map(float, seen[two, :2]))
        (behind if farthest in (one, two) else before).append(line)  # type: ignore[arg-type]
    return behind, before
