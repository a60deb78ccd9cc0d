"""The values of a grid along a plane that lies in it at any angle."""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread, main_thread
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import Cancelled
from engine.imaging.volume import Array
from engine.pictures.lattice import Ways

if TYPE_CHECKING:
    from engine.pictures.sampling_kernel import Kernels

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]
Take = Callable[[Indices, Indices, Indices], Floats]
IN_A_BAND = 1 << 13
COMPILING = Lock()
"""Held while kernels are compiled, here or elsewhere: two threads that import numba at once can wait for each other."""
_kernels: "Kernels | None" = None
_begun = False
_under_way = False


def values_along(grid: Array, ways: Ways, rows: int, columns: int, *, nearest: bool) -> Floats:
    """Values (rows, columns) of a (z, y, x) grid: blended from the eight voxels around, or those of the nearest one.

    Not a number beside the grid, and where the nearest voxel has none; other voxels without one count as the nearest.
    """
    if grid.dtype == np.bool_:
        grid = grid.view(np.uint8)
    made = np.empty((rows, columns), np.float32)
    if _kernels is not None and _kernels.takes(grid):
        (_kernels.pick if nearest else _kernels.blend)(grid, ways.start, ways.right, ways.down, made)
        return made
    band = max(1, IN_A_BAND // max(1, columns))
    for top in range(0, rows, band):
        steps = np.arange(top, min(top + band, rows))[:, np.newaxis], np.arange(columns)
        places = [ways.start[axis] + ways.down[axis] * steps[0] + ways.right[axis] * steps[1] for axis in range(3)]
        made[top : top + band] = values_at(grid, places, nearest=nearest)
    return made


def values_at(grid: Array, places: list[NDArray[np.float64]], *, nearest: bool) -> Floats:
    """The same at any places (x, y, z in voxels), without compiled code."""
    sizes = grid.shape[::-1]
    inside = np.ones(places[0].shape, np.bool_)
    for at, size in zip(places, sizes, strict=True):
        inside &= (at >= -0.5) & (at <= size - 0.5)
    kept = [np.clip(np.where(inside, at, 0.0), 0.0, size - 1.0) for at, size in zip(places, sizes, strict=True)]
    take = _taken_from(grid)
    near = take(*((at + 0.5).astype(np.intp) for at in kept))
    found = near if nearest else _blended(grid, take, kept, near)
    return np.where(inside, found, np.float32(np.nan))


def _blended(grid: Array, take: Take, places: list[NDArray[np.float64]], near: Floats) -> Floats:
    first = [at.astype(np.intp) for at in places]
    fx, fy, fz = ((at - begin).astype(np.float32) for at, begin in zip(places, first, strict=True))
    last = [np.minimum(begin + 1, size - 1) for begin, size in zip(first, grid.shape[::-1], strict=True)]
    total = np.zeros(near.shape, np.float32)
    for z, deep in ((first[2], 1 - fz), (last[2], fz)):
        for y, low in ((first[1], 1 - fy), (last[1], fy)):
            share = deep * low
            for x, part in ((first[0], 1 - fx), (last[0], fx)):
                corner = take(x, y, z)
                if grid.dtype.kind == "f":
                    corner = np.where(np.isnan(corner), near, corner)
                total += corner * (share * part)
    return total


def _taken_from(grid: Array) -> Take:
    """The values of a grid at whole places x, y, z."""
    if not grid.flags.c_contiguous:
        return lambda x, y, z: np.asarray(grid[z, y, x], np.float32)
    _, rows, columns = grid.shape
    flat = grid.reshape(-1)
    return lambda x, y, z: np.asarray(flat.take((z * rows + y) * columns + x), np.float32)


def ready() -> bool:
    """Whether compiled code does it."""
    return _kernels is not None


def under_way() -> bool:
    """Whether a thread is at it now, which a process that ends at once need not wait for."""
    return _under_way


def make_ready() -> None:
    """Import and compile, or load what was compiled before; takes seconds, so never in a GUI thread.

    Cancelled where the process ends meanwhile.
    """
    global _kernels
    with COMPILING:
        if _kernels is None:
            from engine.pictures.sampling_kernel import Kernels

            _kernels = Kernels(_check_whether_needed)


def begin_readiness() -> None:
    """`make_ready` in a thread of its own, at the first call; until then sampling takes a few times longer.

    The process waits at its end for no more than what is being compiled then: a thread that is cut off in the middle
    of that takes the process down with it.
    """
    global _begun
    if not _begun:
        _begun = True
        Thread(target=_try_to_make_ready, name="isocenter-sampling").start()


def _try_to_make_ready() -> None:
    """Where nothing can be compiled, all goes on as before."""
    global _under_way
    _under_way = True
    try:
        with suppress(Exception):
            make_ready()
    finally:
        _under_way = False


def _check_whether_needed() -> None:
    if not main_thread().is_alive():
        raise Cancelled("the process ends")
