"""Polygons by the even-odd rule: what is enclosed twice is outside, as where a line crosses itself."""

from collections.abc import Iterator

import numpy as np

from engine.imaging.volume import Array

_NEAR = 1e-6
_AT_ONCE = 1 << 18


def enclosed_area(corners: Array) -> float:
    """The area within corners (n, 2) that close to a line, which may cross itself."""
    starts, ends = _edges(corners)
    levels = np.unique(np.concatenate([starts[:, 1], *_crossing_heights(starts, ends)]))
    middles = (levels[1:] + levels[:-1]) / 2
    widths = [_widths(starts, ends, middles[part]) for part in _parts(middles.size, len(starts))]
    return float(np.diff(levels) @ np.concatenate(widths)) if widths else 0.0


def points_within(corners: Array, columns: int, rows: int) -> Array:
    """Which points (column, row) of whole numbers lie within corners (n, 2), or on the line: (rows, columns)."""
    starts, ends = _edges(corners)
    inside = np.zeros((rows, columns), np.bool_)
    for part in _parts(rows, len(starts) + columns):
        heights = np.arange(part.start, part.stop)
        inside[part] = _enclosed(starts, ends, heights, columns) | _on_line(starts, ends, heights, columns)
    return inside


def _edges(corners: Array) -> tuple[Array, Array]:
    return corners, np.roll(corners, -1, axis=0)


def _parts(count: int, breadth: int) -> Iterator[slice]:
    """Few enough at once, of `count` things that need room for `breadth` numbers each."""
    step = max(_AT_ONCE // max(breadth, 1), 1)
    return (slice(start, min(start + step, count)) for start in range(0, count, step))


def _crossing_heights(starts: Array, ends: Array) -> Iterator[Array]:
    """At which heights edges cross or touch; edges that run along each other cross nowhere."""
    ways = ends - starts
    for part in _parts(len(starts), len(starts)):
        from_x, from_y = np.moveaxis(starts[part, np.newaxis], 2, 0)
        way_x, way_y = np.moveaxis(ways[part, np.newaxis], 2, 0)
        gap_x, gap_y = starts[:, 0] - from_x, starts[:, 1] - from_y
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            turn = way_x * ways[:, 1] - way_y * ways[:, 0]
            here = (gap_x * ways[:, 1] - gap_y * ways[:, 0]) / turn
            there = (gap_x * way_y - gap_y * way_x) / turn
            met = (here >= 0) & (here <= 1) & (there >= 0) & (there <= 1)
        yield (from_y + np.where(met, here, 0) * way_y)[met]


def _widths(starts: Array, ends: Array, heights: Array) -> Array:
    """How much of the line of each height is enclosed; each is crossed an even number of times."""
    row, places = _crossed(starts, ends, heights)
    order = np.lexsort((places, row))
    row, places = row[order], places[order]
    return np.bincount(row[::2], places[1::2] - places[::2], minlength=heights.size)


def _crossed(starts: Array, ends: Array, heights: Array) -> tuple[Array, Array]:
    """Where the line of each height is crossed: which one, and at which place along it."""
    above = starts[:, 1] <= heights[:, np.newaxis]
    row, edge = np.nonzero(above != (ends[:, 1] <= heights[:, np.newaxis]))
    (x0, y0), (x1, y1) = starts[edge].T, ends[edge].T
    return row, x0 + (heights[row] - y0) / (y1 - y0) * (x1 - x0)


def _enclosed(starts: Array, ends: Array, heights: Array, columns: int) -> Array:
    row, places = _crossed(starts, ends, heights)
    return np.asarray(_running(row, np.ceil(places), heights.size, columns) % 2 == 1)


def _on_line(starts: Array, ends: Array, heights: Array, columns: int) -> Array:
    """Points that touch the line count, so that rounding does not decide about them."""
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    near = (low <= heights[:, np.newaxis] + _NEAR) & (high >= heights[:, np.newaxis] - _NEAR)
    row, edge = np.nonzero(near)
    (x0, y0), (x1, y1) = starts[edge].T, ends[edge].T
    level, rise = y1 == y0, np.where(y1 == y0, 1.0, y1 - y0)
    first = np.where(level, 0.0, (heights[row] - _NEAR - y0) / rise).clip(0, 1)
    last = np.where(level, 1.0, (heights[row] + _NEAR - y0) / rise).clip(0, 1)
    reached = np.stack([x0 + first * (x1 - x0), x0 + last * (x1 - x0)])
    begin, stop = np.ceil(reached.min(axis=0) - _NEAR), np.floor(reached.max(axis=0) + _NEAR) + 1
    some = begin < stop
    begun, stopped = (_running(row[some], places[some], heights.size, columns) for places in (begin, stop))
    return np.asarray(begun > stopped)


def _running(row: Array, places: Array, rows: int, columns: int) -> Array:
    """Of each point (rows, columns), how many of the places in its row do not lie beyond it."""
    column = places.clip(0, columns).astype(np.intp)
    counts = np.bincount(row * (columns + 1) + column, minlength=rows * (columns + 1))
    return np.asarray(np.cumsum(counts.reshape(rows, columns + 1), axis=1)[:, :columns])
