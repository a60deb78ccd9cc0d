"""What can be said of voxels once they are read: whether they are a picture at all."""

import numpy as np

from engine.imaging.volume import Array


def voxel_warnings(array: Array) -> tuple[str, ...]:
    """What is odd about the voxels of (frames, z, y, x): not a number, or all the same."""
    missing = _not_finite(array)
    if missing == array.size:
        return ("no voxel is a number",)
    if missing:
        return (f"{missing} of {array.size} voxels are not a number",)
    if _constant(array):
        return (f"every voxel has the same value, {array.flat[0]}",)
    return ()


def _not_finite(array: Array) -> int:
    if array.dtype.kind != "f":
        return 0
    return sum(int(frame.size - np.count_nonzero(np.isfinite(frame))) for frame in array)


def _constant(array: Array) -> bool:
    first = array.flat[0]
    return all(bool((plane == first).all()) for frame in array for plane in frame)
