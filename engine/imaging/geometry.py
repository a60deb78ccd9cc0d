"""Judging affines: whether one can be used, and how far two of them lie apart."""

import itertools

import numpy as np

from engine.imaging.volume import Affine

_SMALLEST_MM, _LARGEST_MM = 1e-6, 1e6


def usable(affine: Affine) -> bool:
    """Whether every voxel has a position of its own, at a size that a scan may have."""
    if not np.isfinite(affine).all() or np.abs(affine).max() > _LARGEST_MM:
        return False
    sizes = np.linalg.norm(affine[:3, :3], axis=0)
    if sizes.min() < _SMALLEST_MM or not np.array_equal(affine[3], (0, 0, 0, 1)):
        return False
    return bool(abs(np.linalg.det(affine[:3, :3] / sizes)) > 1e-3)


def skewed(affine: Affine) -> bool:
    """Whether the axes of the grid stand visibly off right angles to each other."""
    directions = affine[:3, :3] / np.linalg.norm(affine[:3, :3], axis=0)
    return bool(np.abs(directions.T @ directions - np.eye(3)).max() > 1e-3)


def farthest(one: Affine, other: Affine, shape: tuple[int, int, int]) -> float:
    """The largest distance in mm between where two affines put a corner of the grid (x, y, z)."""
    corners = np.array([[*corner, 1.0] for corner in itertools.product(*((0, n - 1) for n in shape))])
    return float(np.linalg.norm((corners @ (one - other).T)[:, :3], axis=1).max())
