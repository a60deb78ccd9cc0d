"""Where a volume's voxels lie in the patient."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from desktop.volume.clip import WHOLE, Clip
from desktop.volume.quaternion import Matrix
from engine.imaging.volume import Affine

FIT = 1.22


@dataclass(frozen=True, eq=False)
class Grid:
    """`shape` counts voxels along x, y, z; `affine` takes voxel centres to RAS+ millimetres and can be inverted."""

    shape: tuple[int, int, int]
    affine: Affine

    @classmethod
    def of(cls, shape: tuple[int, int, int], affine: Affine) -> "Grid":
        """The grid of a scan; where its affine cannot be used, straight in patient axes with what sizes it says."""
        return cls(shape, _usable(np.asarray(affine, float)))

    @cached_property
    def inverse(self) -> Matrix:
        """RAS+ millimetres to voxels."""
        return np.asarray(np.linalg.inv(self.affine), np.float64)

    @property
    def centre(self) -> Matrix:
        """The middle of the box in RAS+ millimetres."""
        low, high = self.bounds(WHOLE)
        return self.affine[:3, :3] @ ((low + high) / 2) + self.affine[:3, 3]

    @property
    def sides_mm(self) -> Matrix:
        """How long the box is along its voxel axes."""
        sides: Matrix = np.linalg.norm(self.affine[:3, :3], axis=0) * self.shape
        return sides

    @property
    def fit_mm(self) -> float:
        """What the shorter side of the screen shows at zoom 1."""
        return FIT * float(self.sides_mm.max())

    def corners(self, clip: Clip | None = None) -> Matrix:
        """The eight corners of the box, or of what `clip` leaves of it, in RAS+ millimetres; x varies slowest."""
        low, high = self.bounds(clip or WHOLE)
        voxels = np.array([np.where(choice, high, low) for choice in product((False, True), repeat=3)])
        corners: Matrix = voxels @ self.affine[:3, :3].T + self.affine[:3, 3]
        return corners

    def bounds(self, clip: Clip) -> tuple[Matrix, Matrix]:
        """The lowest and highest voxel coordinates (x, y, z) that `clip` leaves; centres are whole numbers."""
        size = np.array(self.shape, float)
        return np.array(clip.low) * size - 0.5, np.array(clip.high) * size - 0.5

    def coarser(self, steps: tuple[int, int, int]) -> "Grid":
        """The grid of which each voxel stands for a block of `steps` of this one; rests at the end are left out."""
        shape = tuple(max(1, size // step) for size, step in zip(self.shape, steps, strict=True))
        blocks = np.diag([*map(float, steps), 1.0])
        blocks[:3, 3] = (np.array(steps) - 1) / 2
        return Grid((shape[0], shape[1], shape[2]), self.affine @ blocks)


def _usable(affine: Affine) -> Affine:
    columns = affine[:3, :3]
    sizes = np.linalg.norm(columns, axis=0)
    sound = np.isfinite(affine).all() and (sizes > 0).all()
    if sound and abs(np.linalg.det(columns / sizes)) > 1e-4:
        return affine
    return np.diag([*np.where(np.isfinite(sizes) & (sizes > 0), sizes, 1.0), 1.0])
