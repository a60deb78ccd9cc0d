"""Other views of the same voxels: axes in another order or direction, parts of a grid. Nothing is interpolated."""

from dataclasses import replace

import numpy as np

from engine.imaging.volume import Affine, Array, FrameAxis, Volume, orientation_letters

_PAIRS = ("RL", "AP", "SI")


def reoriented(volume: Volume, letters: str = "RAS") -> Volume:
    """The volume with x, y and z leading nearest to `letters`, as a view: every voxel keeps its world position.

    ValueError where the letters are not one of each of R/L, A/P and S/I, or where the volume's axes have none.
    """
    order, flips = _way(orientation_letters(volume.affine), letters)
    index = tuple(slice(None, None, -1) if flip else slice(None) for flip in reversed(flips))
    axes = (0, *(3 - axis for axis in reversed(order)))
    colour = None
    if volume.colour is not None:
        colour = volume.colour.transpose(*axes, 4)[(slice(None), *index)]
    return replace(
        volume,
        array=volume.array.transpose(axes)[(slice(None), *index)],
        affine=_turned(volume.affine, volume.shape_xyz, order, flips),
        colour=colour,
    )


def slab(volume: Volume, z: slice, frames: slice) -> Volume:
    """Some slices and frames, as a view; steps may be negative. ValueError where nothing is left."""
    slices, kept = range(*z.indices(volume.shape_xyz[2])), range(*frames.indices(volume.frames))
    if not slices or not kept:
        raise ValueError("a slab has at least one slice and one frame")
    moved = np.eye(4)
    moved[2, 2], moved[2, 3] = slices.step, slices[0]
    axis = volume.frame_axis
    return replace(
        volume,
        array=volume.array[frames, z],
        affine=volume.affine @ moved,
        colour=None if volume.colour is None else volume.colour[frames, z],
        frame_axis=FrameAxis(axis.kind, axis.values[frames]),
    )


def array_order(matrix: Affine) -> tuple[Array, Array]:
    """An affine between voxels (x, y, z) as matrix and offset between indices (z, y, x)."""
    return matrix[2::-1, 2::-1], matrix[2::-1, 3]


def _way(now: str, wanted: str) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """For each new axis: which old one it is, and whether it runs the other way."""
    wanted = wanted.upper()
    if sorted(map(_pair, wanted)) != [0, 1, 2]:
        raise ValueError(f"'{wanted}' is no orientation: one of each of R or L, A or P, S or I, such as RAS")
    if sorted(map(_pair, now)) != [0, 1, 2]:
        raise ValueError("the axes of this volume lead nowhere, so that it cannot be turned")
    pairs = [_pair(letter) for letter in now]
    order = tuple(pairs.index(_pair(letter)) for letter in wanted)
    return order, tuple(now[axis] != letter for axis, letter in zip(order, wanted, strict=True))


def _pair(letter: str) -> int:
    return next((index for index, pair in enumerate(_PAIRS) if letter in pair), -1)


def _turned(affine: Affine, shape: tuple[int, int, int], order: tuple[int, ...], flips: tuple[bool, ...]) -> Affine:
    """Columns are moved and negated rather than multiplied, so that turning back gives the same numbers."""
    turned = affine.copy()
    for new, (old, flip) in enumerate(zip(order, flips, strict=True)):
        turned[:3, new] = -affine[:3, old] if flip else affine[:3, old]
        if flip:
            turned[:3, 3] += (shape[old] - 1) * affine[:3, old]
    return turned
