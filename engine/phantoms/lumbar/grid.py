"""The sagittal grid: x to the back, y to the feet, z to the right of the patient (letters PIR)."""

from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Affine
from engine.phantoms.shapes import Field

FIELD_OF_VIEW_MM = 220.0
SLICE_SPACING_MM = 4.4


@dataclass(frozen=True)
class Grid:
    """`slices` square sections of `matrix` voxels a side, centred on the patient."""

    matrix: int
    slices: int

    @property
    def pixel(self) -> float:
        """The edge of a voxel within the section in mm."""
        return FIELD_OF_VIEW_MM / self.matrix

    @property
    def shape(self) -> tuple[int, int, int]:
        """(z, y, x)."""
        return (self.slices, self.matrix, self.matrix)

    @property
    def posterior(self) -> Field:
        """How far to the back a voxel lies, (1, 1, x) in mm."""
        return self._steps()[np.newaxis, np.newaxis, :]

    @property
    def superior(self) -> Field:
        """How far to the head a voxel lies, (1, y, 1) in mm."""
        return -self._steps()[np.newaxis, :, np.newaxis]

    @property
    def right(self) -> Field:
        """How far to the right a slice lies, (z, 1, 1) in mm."""
        steps = (np.arange(self.slices) - (self.slices - 1) / 2) * SLICE_SPACING_MM
        return steps.astype(np.float32)[:, np.newaxis, np.newaxis]

    @property
    def affine(self) -> Affine:
        """Voxel (x, y, z) to RAS+ mm."""
        first = (self.matrix - 1) / 2 * self.pixel
        return np.array(
            [
                [0, 0, SLICE_SPACING_MM, -(self.slices - 1) / 2 * SLICE_SPACING_MM],
                [-self.pixel, 0, 0, first],
                [0, -self.pixel, 0, first],
                [0, 0, 0, 1],
            ],
            dtype=np.float64,
        )

    def _steps(self) -> Field:
        return ((np.arange(self.matrix) - (self.matrix - 1) / 2) * self.pixel).astype(np.float32)
