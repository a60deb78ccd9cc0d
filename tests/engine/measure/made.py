"""Volumes whose content is known everywhere, and planes to draw in."""

from collections.abc import Callable

import numpy as np

from engine.imaging import FrameAxis, Volume
from engine.imaging.volume import Affine, Array
from engine.measure import SlicePlane, World

STRAIGHT = np.diag([-2.0, -2.0, 3.0, 1.0])
ANISOTROPIC = np.array([[0.5, 0, 0, -20], [0, 1.5, 0, -30], [0, 0, 4.0, -16], [0, 0, 0, 1.0]])
OBLIQUE = np.array([[0.8, -0.6, 0, -4], [0.48, 0.64, -1.2, 3], [0.36, 0.48, 1.6, -20], [0, 0, 0, 1.0]])
AXIAL = SlicePlane((0.0, 0.0, 0.0), (-1.0, 0.0, 0.0), (0.0, -1.0, 0.0))


def filled(
    affine: Affine, shape_xyz: tuple[int, int, int], value: Callable[[Array], Array], axis: FrameAxis | None = None
) -> Volume:
    """A volume whose voxels have the `value` of their positions (n, 3); frames, if any, times 1, 2, 3."""
    z, y, x = np.indices(shape_xyz[::-1]).reshape(3, -1)
    places = (affine[:3, :3] @ np.stack([x, y, z])).T + affine[:3, 3]
    axis = axis or FrameAxis()
    frames = np.arange(1, max(len(axis.values), 1) + 1)
    grid = np.asarray(value(places), np.float64).reshape(shape_xyz[::-1])
    return Volume(frames[:, np.newaxis, np.newaxis, np.newaxis] * grid, affine, axis)


def centred(affine: Affine, shape_xyz: tuple[int, int, int]) -> Affine:
    """The affine moved so that the world's origin is the centre of the middle voxel."""
    moved = affine.copy()
    moved[:3, 3] = -affine[:3, :3] @ (np.array(shape_xyz) // 2)
    return moved


def ball(radius: float) -> Callable[[Array], Array]:
    """1 inside of a sphere about the origin, 0 outside."""
    return lambda places: (np.linalg.norm(places, axis=1) <= radius).astype(float)


def slice_plane(affine: Affine, axis: int = 2) -> SlicePlane:
    """The slice through the origin that lies along the two other voxel axes."""
    one, other = (number for number in range(3) if number != axis)
    return SlicePlane.spanned((0, 0, 0), affine[:3, one], affine[:3, other])


def at(plane: SlicePlane, *places: tuple[float, float]) -> tuple[World, ...]:
    """Points in RAS+ mm from places in the plane."""
    return tuple((float(x), float(y), float(z)) for x, y, z in plane.solid(places))
