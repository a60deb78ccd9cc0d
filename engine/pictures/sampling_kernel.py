"""The loops of `sampling`, compiled. Importing this takes a second, making `Kernels` for the first time some more."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import from_dtype, njit, types

from engine.imaging.volume import Array

KINDS = ("u1", "i2", "u2", "i4", "f4", "f8")
RELAXED = {"nsz", "arcp", "contract", "afn", "reassoc"}


def _compiled(function: Any) -> Any:
    options: dict[str, Any] = {"nogil": True, "fastmath": RELAXED, "error_model": "numpy"}
    try:
        return njit(cache=True, **options)(function)
    except RuntimeError:
        return njit(**options)(function)


def _span(start: float, step: float, size: int, count: int) -> tuple[float, float]:
    """From which to which of `count` steps one is within a grid of `size` voxels."""
    low, high = -0.5 - start, size - 0.5 - start
    if abs(step) < 1e-12:
        return (0.0, count - 1.0) if low <= 0.0 <= high else (1.0, 0.0)
    return min(low / step, high / step), max(low / step, high / step)


span = _compiled(_span)


def _begin_end(x: float, y: float, z: float, right: Any, shape: Any, count: int) -> tuple[int, int]:
    """The first and one past the last sample of a row that lie in the grid."""
    x0, x1 = span(x, right[0], shape[2], count)
    y0, y1 = span(y, right[1], shape[1], count)
    z0, z1 = span(z, right[2], shape[0], count)
    first = max(max(x0, y0), max(z0, 0.0))
    last = min(min(x1, y1), min(z1, count - 1.0))
    if not first <= last:
        return 0, 0
    begin = int(np.ceil(first - 1e-9))
    return begin, max(begin, int(np.floor(last + 1e-9)) + 1)


begin_end = _compiled(_begin_end)


def _blend(grid: Any, start: Any, right: Any, down: Any, out: Any) -> None:
    deepest, lowest, rightmost = grid.shape[0] - 1, grid.shape[1] - 1, grid.shape[2] - 1
    for row in range(out.shape[0]):
        x0, y0, z0 = start[0] + down[0] * row, start[1] + down[1] * row, start[2] + down[2] * row
        begin, end = begin_end(x0, y0, z0, right, grid.shape, out.shape[1])
        out[row, :begin] = np.nan
        out[row, end:] = np.nan
        for column in range(begin, end):
            x = min(max(x0 + right[0] * column, 0.0), float(rightmost))
            y = min(max(y0 + right[1] * column, 0.0), float(lowest))
            z = min(max(z0 + right[2] * column, 0.0), float(deepest))
            i, j, k = int(x), int(y), int(z)
            fx, fy, fz = np.float32(x - i), np.float32(y - j), np.float32(z - k)
            i1, j1, k1 = min(i + 1, rightmost), min(j + 1, lowest), min(k + 1, deepest)
            a, b = np.float32(grid[k, j, i]), np.float32(grid[k, j, i1])
            c, d = np.float32(grid[k, j1, i]), np.float32(grid[k, j1, i1])
            e, f = np.float32(grid[k1, j, i]), np.float32(grid[k1, j, i1])
            g, h = np.float32(grid[k1, j1, i]), np.float32(grid[k1, j1, i1])
            total = a + b + c + d + e + f + g + h
            if total != total:
                near = np.float32(grid[int(z + 0.5), int(y + 0.5), int(x + 0.5)])
                a, b, c, d = a if a == a else near, b if b == b else near, c if c == c else near, d if d == d else near
                e, f, g, h = e if e == e else near, f if f == f else near, g if g == g else near, h if h == h else near
            above = a + (b - a) * fx
            above += (c + (d - c) * fx - above) * fy
            below = e + (f - e) * fx
            below += (g + (h - g) * fx - below) * fy
            out[row, column] = above + (below - above) * fz


def _pick(grid: Any, start: Any, right: Any, down: Any, out: Any) -> None:
    deepest, lowest, rightmost = grid.shape[0] - 1, grid.shape[1] - 1, grid.shape[2] - 1
    for row in range(out.shape[0]):
        x0, y0, z0 = start[0] + down[0] * row, start[1] + down[1] * row, start[2] + down[2] * row
        begin, end = begin_end(x0, y0, z0, right, grid.shape, out.shape[1])
        out[row, :begin] = np.nan
        out[row, end:] = np.nan
        for column in range(begin, end):
            i = int(min(max(x0 + right[0] * column, 0.0), float(rightmost)) + 0.5)
            j = int(min(max(y0 + right[1] * column, 0.0), float(lowest)) + 0.5)
            k = int(min(max(z0 + right[2] * column, 0.0), float(deepest)) + 0.5)
            out[row, column] = grid[k, j, i]


class Kernels:
    """Both loops for grids of all KINDS, so that no call ever compiles; kept on disk where there is a place.

    `check` is called before each is compiled and may raise, for all of them take some seconds.
    """

    def __init__(self, check: Callable[[], None] = lambda: None) -> None:
        line, way = types.Array(types.float32, 2, "C"), types.Array(types.float64, 1, "C")
        grids = [types.Array(from_dtype(np.dtype(kind)), 3, "A", readonly=True) for kind in KINDS]
        signatures = [types.void(grid, way, way, way, line) for grid in grids]
        self.blend, self.pick = _compiled(_blend), _compiled(_pick)
        for loop in (self.blend, self.pick):
            for signature in signatures:
                check()
                loop.compile(signature)
            loop.disable_compile()

    def takes(self, grid: Array) -> bool:
        """Whether the grid is of one of the kinds."""
        return grid.dtype.isnative and grid.dtype.str[1:] in KINDS
