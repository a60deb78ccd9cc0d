"""What can be said of voxels once they are read: whether they are a picture at all."""

import numpy as np

from engine.control import Control
from engine.imaging.doubt import Doubt
from engine.imaging.volume import Array


def voxel_doubts(array: Array, control: Control | None = None) -> tuple[Doubt, ...]:
    """What is odd about the voxels of (frames, z, y, x): not a number, or all the same. Cancelled when asked."""
    missing = _not_finite(array, control or Control())
    if missing == array.size:
        return (Doubt("values", "no voxel is a number", "fail"),)
    if missing:
        return (Doubt("values", f"{missing} of {array.size} voxels are not a number"),)
    if _constant(array):
        return (Doubt("values", f"every voxel has the same value, {array.flat[0]}"),)
    return ()


def _not_finite(array: Array, control: Control) -> int:
    if array.dtype.kind != "f":
        return 0
    with np.errstate(all="ignore"):
        return sum(_missing(plane, control) for frame in array for plane in frame)


def _missing(plane: Array, control: Control) -> int:
    """A finite sum has finite terms, and is quicker than to look at each of them."""
    control.check()
    if np.isfinite(plane.sum()):
        return 0
    return int(plane.size - np.count_nonzero(np.isfinite(plane)))


def _constant(array: Array) -> bool:
    first = array.flat[0]
    return all(bool((plane == first).all()) for frame in array for plane in frame)
