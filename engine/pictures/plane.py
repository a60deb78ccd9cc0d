"""A plane of a volume: which voxel axis is sliced, which run across and down the screen, and which way."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from engine.imaging.volume import Affine, Array, orientation_letters

World = tuple[float, float, float]
Voxel = tuple[int, int, int]

OPPOSITE = {"R": "L", "L": "R", "A": "P", "P": "A", "S": "I", "I": "S", "?": "?"}
SINGULAR = 1e-6
WORLD_AXIS = {"R": 0, "L": 0, "A": 1, "P": 1, "S": 2, "I": 2}


@dataclass(frozen=True, eq=False)
class Plane:
    """`shape` counts voxels along x, y, z; `affine` takes voxel (x, y, z) to RAS+ millimetres.

    `across`, `down` and `through` are voxel axes (0, 1, 2 for x, y, z). Where a flip is set, the voxel index
    falls as one goes right or down. Picture coordinates are (column, row), the first pixel covering 0 to 1.
    """

    name: str
    shape: tuple[int, int, int]
    affine: Affine
    across: int
    down: int
    through: int
    flip_across: bool = False
    flip_down: bool = False

    @property
    def resliced(self) -> bool:
        """Whether its pictures are computed between the voxels, not taken as they are stored."""
        return False

    @property
    def columns(self) -> int:
        return self.shape[self.across]

    @property
    def rows(self) -> int:
        return self.shape[self.down]

    @property
    def count(self) -> int:
        """The number of slices."""
        return self.shape[self.through]

    @cached_property
    def spacing(self) -> World:
        """Voxel size along x, y, z in mm; 1 where the affine does not say."""
        sizes = np.linalg.norm(self.affine[:3, :3], axis=0)
        x, y, z = np.where(np.isfinite(sizes) & (sizes > 0), sizes, 1.0)
        return (float(x), float(y), float(z))

    @property
    def pixel_mm(self) -> tuple[float, float]:
        """Width and height of a pixel."""
        return (self.spacing[self.across], self.spacing[self.down])

    @cached_property
    def orientation(self) -> str:
        """Where x, y and z lead, as the nearest anatomical letters."""
        return orientation_letters(self.affine)

    @cached_property
    def letters(self) -> tuple[str, str, str, str]:
        """What lies beyond the left, right, top and bottom edge; `?` where the affine does not say."""
        axes = self.orientation
        right = OPPOSITE[axes[self.across]] if self.flip_across else axes[self.across]
        bottom = OPPOSITE[axes[self.down]] if self.flip_down else axes[self.down]
        return (OPPOSITE[right], right, OPPOSITE[bottom], bottom)

    def picture(self, grid: Array, index: int) -> Array:
        """Slice `index` of a (z, y, x) grid as rows and columns of the screen: a view, nothing is copied."""
        place: list[int | slice] = [slice(None)] * 3
        place[2 - self.through] = index
        taken = grid[tuple(place)]
        if self.down < self.across:
            taken = taken.T
        return taken[:: -1 if self.flip_down else 1, :: -1 if self.flip_across else 1]

    def voxel_at(self, column: float, row: float, index: int) -> Voxel | None:
        """The voxel drawn at a point of the picture; None beside the picture."""
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return None
        found = [0, 0, 0]
        found[self.across] = _turned(int(column), self.columns, self.flip_across)
        found[self.down] = _turned(int(row), self.rows, self.flip_down)
        found[self.through] = index
        return (found[0], found[1], found[2])

    def point_of(self, voxel: tuple[float, float, float]) -> tuple[float, float]:
        """Where in the picture the centre of a voxel is drawn."""
        column, row = voxel[self.across], voxel[self.down]
        column = self.columns - 1 - column if self.flip_across else column
        row = self.rows - 1 - row if self.flip_down else row
        return (column + 0.5, row + 0.5)

    def world(self, voxel: tuple[float, float, float]) -> World:
        """The RAS+ position of a voxel's centre in mm."""
        return placed(self._frame, voxel)

    def to_world(self, column: float, row: float, depth: float) -> World:
        """The RAS+ position of a point of the picture of slice `depth`, which may lie between two."""
        at = [0.0, 0.0, 0.0]
        at[self.across] = _mirrored(column - 0.5, self.columns, self.flip_across)
        at[self.down] = _mirrored(row - 0.5, self.rows, self.flip_down)
        at[self.through] = depth
        return placed(self._frame, (at[0], at[1], at[2]))

    def of_world(self, world: World) -> tuple[float, float, float]:
        """Where a RAS+ position is drawn (column, row), and its slice; beyond the picture too. Undoes `to_world`."""
        at = self._inverse @ (np.asarray(world) - self._frame[:3, 3])
        column = _mirrored(float(at[self.across]), self.columns, self.flip_across) + 0.5
        row = _mirrored(float(at[self.down]), self.rows, self.flip_down) + 0.5
        return (column, row, float(at[self.through]))

    def holds(self, voxel: Voxel, index: int) -> bool:
        """Whether a voxel lies in a slice."""
        return voxel[self.through] == index

    def middle(self, index: int) -> World:
        """The RAS+ position of the middle of a slice."""
        return placed(self._frame, self.centre(index))

    def centre(self, index: int) -> tuple[float, float, float]:
        """The voxel coordinates of the middle of a slice."""
        middle = [(size - 1) / 2 for size in self.shape]
        middle[self.through] = index
        return (middle[0], middle[1], middle[2])

    def position(self, index: int) -> tuple[str, float] | None:
        """Where a slice lies along the nearest anatomical axis, as ("S", 12.5); None without geometry."""
        letter = self.orientation[self.through]
        if letter == "?":
            return None
        axis = WORLD_AXIS[letter]
        value = self.middle(index)[axis]
        return ("RAS"[axis] if value >= 0 else "LPI"[axis], abs(value))

    def index_near(self, world: World) -> int | None:
        """The slice a RAS+ position lies in; None where it is outside of the volume."""
        index = round(self.of_world(world)[2])
        return index if 0 <= index < self.count else None

    def index_nearest(self, world: World) -> int:
        """The slice nearest to a RAS+ position, wherever that is."""
        return min(max(round(self.of_world(world)[2]), 0), self.count - 1)

    def hung_like(self, other: "Plane") -> bool:
        """Whether it shows the same slices the same way round."""
        mine, others = (
            (plane.name, plane.resliced, plane.across, plane.down, plane.flip_across, plane.flip_down)
            for plane in (self, other)
        )
        return mine == others

    def rotated(self) -> Self:
        """The same slices turned clockwise by a quarter."""
        return replace(
            self, across=self.down, down=self.across, flip_across=not self.flip_down, flip_down=self.flip_across
        )

    def mirrored(self) -> Self:
        """The same slices with left and right exchanged."""
        return replace(self, flip_across=not self.flip_across)

    @cached_property
    def _frame(self) -> Affine:
        """The affine, or one of its own where that leads nowhere: planes can be linked without knowing the patient."""
        part = self.affine[:3, :3]
        if np.isfinite(self.affine).all() and abs(np.linalg.det(part)) > SINGULAR * np.prod(self.spacing):
            return self.affine
        return np.diag([*self.spacing, 1.0])

    @cached_property
    def _inverse(self) -> Affine:
        return np.asarray(np.linalg.inv(self._frame[:3, :3]), np.float64)


def placed(affine: Affine, voxel: tuple[float, float, float]) -> World:
    """Where an affine takes a voxel (x, y, z)."""
    x, y, z = affine[:3, :3] @ np.asarray(voxel, float) + affine[:3, 3]
    return (float(x), float(y), float(z))


def _turned(index: int, size: int, flipped: bool) -> int:
    return size - 1 - index if flipped else index


def _mirrored(place: float, size: int, flipped: bool) -> float:
    return size - 1 - place if flipped else place
