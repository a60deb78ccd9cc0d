"""Whether a volume can be laid over another, and where it comes to lie."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import LayerError
from engine.imaging.volume import Volume
from engine.pictures.doubt import unsure_of

VOXEL_ON_VOXEL = "Laid voxel on voxel"
ELSEWHERE = "Its positions count from elsewhere than the scan's, so it may lie beside what it belongs to."
_CLOSE = 1e-6

Points = NDArray[np.floating[Any]]


def placed_over(volume: Volume, base: Volume) -> Volume:
    """The volume where it lies over `base`; LayerError where that cannot be known, or is beside it.

    Where either of them does not say how it lies in the body, voxel lies on voxel, of grids that are alike.
    """
    if not _is_lost(volume) and not _is_lost(base):
        if not touches(volume, base):
            raise LayerError("it lies beside the scan, nowhere over it", hint="Is it of another patient or visit?")
        return volume
    if volume.shape_xyz == base.shape_xyz:
        return replace(volume, affine=base.affine)
    raise LayerError(_unlike(volume, base), hint="Resample it to the scan's own voxels, or give it its geometry.")


def note_on(volume: Volume, base: Volume) -> str:
    """What has to be known of where a layer lies; empty where it is certain."""
    lost = _is_lost(volume) or _is_lost(base)
    who = "the layer" if _is_lost(volume) or (not lost and unsure_of(volume).sizes) else "the scan"
    if lost:
        return f"{VOXEL_ON_VOXEL}: {who} does not say for certain how it lies in the body."
    if unsure_of(volume).sizes or unsure_of(base).sizes:
        return f"The sizes of {who} are not certain, so it may lie off its place."
    return ELSEWHERE if volume.facts.elsewhere(base.facts) else ""


def touches(volume: Volume, base: Volume) -> bool:
    """Whether two grids share any place, by every direction that could divide them."""
    ours, theirs = _corners(volume), _corners(base)
    edges = [matrix.T / np.linalg.norm(matrix, axis=0)[:, None] for matrix in (_axes(volume), _axes(base))]
    faces = [np.cross(edge[i - 2], edge[i - 1]) for edge in edges for i in range(3)]
    across = [np.cross(one, other) for one, other in product(*edges)]
    return not any(_divides(direction, ours, theirs) for direction in (*faces, *across))


def _divides(direction: Points, ours: Points, theirs: Points) -> bool:
    if np.linalg.norm(direction) < _CLOSE:
        return False
    mine, other = ours @ direction, theirs @ direction
    return bool(mine.max() < other.min() + _CLOSE or other.max() < mine.min() + _CLOSE)


def _axes(volume: Volume) -> Points:
    return volume.affine[:3, :3]


def _corners(volume: Volume) -> Points:
    """The outermost points of the voxels (8, 3), in mm."""
    ends = ((-0.5, size - 0.5) for size in volume.shape_xyz)
    made: Points = np.array([*product(*ends)]) @ _axes(volume).T + volume.affine[:3, 3]
    return made


def _is_lost(volume: Volume) -> bool:
    """Whether its positions say nothing about the body."""
    return bool(unsure_of(volume).sides)


def _unlike(volume: Volume, base: Volume) -> str:
    if (volume.shape_xyz[2] == 1) != (base.shape_xyz[2] == 1):
        ours, theirs = ("one picture", "a stack") if volume.shape_xyz[2] == 1 else ("a stack", "one picture")
        return f"it is {ours} and the scan is {theirs}, and nothing says which slice it belongs to"
    who = "it does not" if _is_lost(volume) else "the scan does not"
    return f"{who} say how it lies in the body, and its {_voxels(volume)} voxels are not the scan's {_voxels(base)}"


def _voxels(volume: Volume) -> str:
    return " × ".join(str(size) for size in volume.shape_xyz)
