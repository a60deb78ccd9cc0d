"""Greys of a whole volume by shear: every slice is shifted, none is turned; the picture is turned at the end."""

from typing import Any

import numpy as np

from desktop.volume.kernels.compiling import compiled

# `cube` (k, v + 2, u + 2) has one voxel more on each side. In slice k the sheared picture's (row, column) lies at
# v = row + k * lean[1] - lean[3], u = column + k * lean[0] - lean[2]. `bounds` are k from and to, u least and
# greatest, v least and greatest.


def _reach(shift: float, low: float, high: float, first: int, last: int) -> tuple[int, int]:
    """The first and one past the last place of the picture that lies within `low` and `high` of a shifted slice."""
    begin = max(first, int(np.ceil(low - shift)))
    return begin, max(begin, min(last, int(np.floor(high - shift)) + 1))


reach = compiled(_reach)


def _widest_band(cube: Any, lean: Any, bounds: Any, flip: int, sharp: bool, out: Any, first: int, last: int) -> None:
    """The greatest value behind each pixel, in rows `first` to `last` of the sheared picture (uint16).

    With a `flip` of 65535 values count downwards from one more, and so the least is found, of those above 0.
    If `sharp` nothing is blended between voxels.
    """
    turn, one = np.uint32(flip), np.uint32(flip & 1)
    for k in range(bounds[0], bounds[1]):
        over, under = k * lean[0] - lean[2], k * lean[1] - lean[3]
        right, below = int(np.floor(over)), int(np.floor(under))
        fu, fv = over - right, under - below
        if sharp:
            fu, fv = np.floor(fu + 0.5), np.floor(fv + 0.5)
        w11 = np.uint32(round(fu * fv * 256))
        w10 = np.uint32(round(fv * 256) - w11)
        w01 = np.uint32(round(fu * 256) - w11)
        w00 = np.uint32(256 - w01 - w10 - w11)
        begin, end = reach(over, bounds[2], bounds[3], 0, out.shape[1])
        top, bottom = reach(under, bounds[4], bounds[5], first, last)
        at, count = begin + right + 1, end - begin
        for row in range(top, bottom):
            a = cube[k, row + below + 1, at : at + count]
            b = cube[k, row + below + 1, at + 1 : at + count + 1]
            c = cube[k, row + below + 2, at : at + count]
            d = cube[k, row + below + 2, at + 1 : at + count + 1]
            best = out[row, begin:end]
            for i in range(count):
                total = np.uint32(
                    np.uint32(w00 * a[i]) + np.uint32(w01 * b[i]) + np.uint32(w10 * c[i]) + np.uint32(w11 * d[i])
                )
                value = np.uint16(((total >> np.uint32(8)) ^ turn) + one)
                best[i] = value if value > best[i] else best[i]


widest_band = compiled(_widest_band)


def _summed_band(cube: Any, lean: Any, bounds: Any, out: Any, first: int, last: int) -> None:
    """The sum of the values behind each pixel, and how many they are (2, rows, columns)."""
    for k in range(bounds[0], bounds[1]):
        over, under = k * lean[0] - lean[2], k * lean[1] - lean[3]
        right, below = int(np.floor(over)), int(np.floor(under))
        fu, fv, one = np.float32(over - right), np.float32(under - below), np.float32(1)
        w11, w10, w01, w00 = fu * fv, (one - fu) * fv, fu * (one - fv), (one - fu) * (one - fv)
        begin, end = reach(over, bounds[2], bounds[3], 0, out.shape[2])
        top, bottom = reach(under, bounds[4], bounds[5], first, last)
        at, count = begin + right + 1, end - begin
        for row in range(top, bottom):
            a = cube[k, row + below + 1, at : at + count]
            b = cube[k, row + below + 1, at + 1 : at + count + 1]
            c = cube[k, row + below + 2, at : at + count]
            d = cube[k, row + below + 2, at + 1 : at + count + 1]
            total, seen = out[0, row, begin:end], out[1, row, begin:end]
            for i in range(count):
                total[i] += (
                    w00 * np.float32(a[i]) + w01 * np.float32(b[i]) + w10 * np.float32(c[i]) + w11 * np.float32(d[i])
                )
                seen[i] += one


summed_band = compiled(_summed_band)
