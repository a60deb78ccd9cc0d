"""Where a layer is sampled for what is seen of a slice: evenly among its pixels, no finer than the screen."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from engine.imaging.volume import Affine, Volume
from engine.pictures.camera import Placement
from engine.pictures.pixels import Part, visible_part
from engine.pictures.plane import Plane

Area = tuple[float, float]
SAME = 1e-4
ALMOST = 1e-3
MOST_MEAN = 3


@dataclass(frozen=True)
class Ways:
    """In the voxels (x, y, z) of a volume: the first sample, and the ways to the next one right and below."""

    start: Affine
    right: Affine
    down: Affine


@dataclass(frozen=True)
class Lattice:
    """A part of a slice; each of its pixels, or blocks of them, is divided into `across` times `down` samples.

    Where voxels are finer than that, each sample is the mean of `mean` times as many across and down.
    """

    part: Part
    across: int = 1
    down: int = 1
    mean: int = 1

    @property
    def columns(self) -> int:
        return (self.part.right - self.part.left) // self.part.across * self.across

    @property
    def rows(self) -> int:
        return (self.part.bottom - self.part.top) // self.part.down * self.down

    def ways(self, plane: Plane, index: int, volume: Volume) -> Ways:
        """How its samples lie in the voxels of a volume that has an affine."""
        wide, high = self.part.across / self.across, self.part.down / self.down
        left, top = self.part.left + wide / 2, self.part.top + high / 2
        inverse = np.linalg.inv(volume.affine[:3, :3])
        start, right, down = (
            inverse @ (np.asarray(plane.to_world(column, row, index)) - volume.affine[:3, 3])
            for column, row in ((left, top), (left + wide, top), (left, top + high))
        )
        return Ways(start, right - start, down - start)


def lattice_for(plane: Plane, volume: Volume, area: Area, dense: Placement, *, sharp: bool) -> Lattice | None:
    """The samples that show a volume over what an area of the screen (device pixels) shows of a plane, if anything.

    They lie as close as the pixels of the plane or the voxels of the volume, or where edges have to stay `sharp`
    as those of the screen.
    """
    part = visible_part((plane.columns, plane.rows), area, dense)
    if part is None:
        return None
    if sharp:
        return Lattice(part, _most(dense.across), _most(dense.down))
    finest = min(volume.spacing)
    if not finest > 0:
        return Lattice(part)
    across, down = (max(1, ceil(size / finest - ALMOST)) for size in plane.pixel_mm)
    across, down = min(across, _most(dense.across)), min(down, _most(dense.down))
    apart = max(plane.pixel_mm[0] * part.across / across, plane.pixel_mm[1] * part.down / down)
    return Lattice(part, across, down, min(MOST_MEAN, _most(apart / finest)))


def same_grid(one: Volume, other: Volume) -> bool:
    """Whether the voxels of two volumes lie upon each other."""
    alike = one.affine is other.affine or np.allclose(one.affine, other.affine, rtol=0, atol=SAME, equal_nan=True)
    return one.shape_xyz == other.shape_xyz and bool(alike)


def placeable(volume: Volume) -> bool:
    """Whether its affine says where it lies."""
    part = volume.affine[:3, :3]
    sizes = np.linalg.norm(part, axis=0)
    if not np.isfinite(volume.affine).all() or not (sizes > 0).all():
        return False
    return bool(abs(np.linalg.det(part / sizes)) > SAME)


def _most(scale: float) -> int:
    return max(1, int(scale + ALMOST))
