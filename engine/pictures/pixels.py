"""From the values of a slice to the pixels of the screen: only what is visible, no finer than it is seen."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import Array
from engine.pictures.camera import Placement
from engine.pictures.window import Window

Pixels = NDArray[np.uint32]
Floats = NDArray[np.float64]
BLACK = np.uint32(0xFF000000)
BLUE, TO_GREEN, TO_RED = np.uint32(0xFF), np.uint32(8), np.uint32(16)
GREY = np.uint32(0x010101)
IN_A_BAND = 1 << 16
BYTES_IN_TABLE = 2


@dataclass(frozen=True)
class Part:
    """A rectangle of a picture, in its pixels, and how many of them are averaged across and down."""

    left: int
    top: int
    right: int
    bottom: int
    across: int = 1
    down: int = 1


def visible_part(grid: tuple[int, int], area: tuple[float, float], placement: Placement) -> Part | None:
    """What an area of the screen (device pixels) shows of a picture of `grid` (columns, rows), if anything.

    Where several pixels fall into one of the screen they are to be averaged, and then the whole picture is
    taken, so that it can be kept while one pans.
    """
    first, last = placement.to_picture(0, 0), placement.to_picture(*area)
    left, right = _span(first[0], last[0], grid[0])
    top, bottom = _span(first[1], last[1], grid[1])
    if left >= right or top >= bottom:
        return None
    across, down = _share(placement.across, grid[0]), _share(placement.down, grid[1])
    if across * down > 1:
        left, right, top, bottom = 0, grid[0] // across * across, 0, grid[1] // down * down
    return Part(left, top, right, bottom, across, down)


def averaged(picture: Array, part: Part) -> Array:
    """The values of a part, blocks of `across` times `down` pixels averaged."""
    values = picture[part.top : part.bottom, part.left : part.right]
    if part.across == part.down == 1:
        return values
    total = np.zeros((values.shape[0] // part.down, values.shape[1]), np.float32)
    for row in range(part.down):
        total += values[row :: part.down]
    blocks = np.zeros((total.shape[0], total.shape[1] // part.across), np.float32)
    for column in range(part.across):
        blocks += total[:, column :: part.across]
    blocks /= part.across * part.down
    return blocks


def spread(values: Array, rows: Floats, columns: Floats) -> Array:
    """Values between those of a picture: at places down and across it, where its first pixel has its middle at 0."""
    between = _along(np.asarray(values, np.float32), rows, 0)
    return _along(between, columns, 1)


def _along(values: Array, places: Floats, axis: int) -> Array:
    last = values.shape[axis] - 1
    first = np.clip(np.floor(places), 0, max(0, last - 1)).astype(np.intp)
    share = np.clip(places - first, 0.0, 1.0).astype(np.float32)
    share = share[:, np.newaxis] if axis == 0 else share
    made = values.take(first, axis)
    step = values.take(np.minimum(first + 1, last), axis)
    step -= made
    step *= share
    made += step
    return made


def shaded(values: Array, window: Window) -> Pixels:
    """Values as opaque 0xAARRGGBB pixels; what is not a number is black."""
    if values.dtype == np.bool_:
        values = values.view(np.uint8)
    if values.dtype.kind in "iu" and values.dtype.itemsize <= BYTES_IN_TABLE and values.dtype.isnative:
        index = values.view(f"u{values.dtype.itemsize}")
        return np.take(_table(values.dtype.str, window), index)
    return _computed(values, window)


def coloured(values: Array, window: Window) -> Pixels:
    """Red, green and blue from 0 to 255 (rows, columns, 3) as pixels, each seen through the window."""
    red, green, blue = (shaded(values[..., part], window) & BLUE for part in range(3))
    pixels: Pixels = BLACK | (red << TO_RED) | (green << TO_GREEN) | blue
    return pixels


@lru_cache(maxsize=8)
def _table(kind: str, window: Window) -> Pixels:
    """The pixel of every value that the integer type can hold, in the order of its bits."""
    dtype = np.dtype(kind)
    bits = np.arange(1 << (8 * dtype.itemsize), dtype=f"u{dtype.itemsize}")
    return _computed(bits.view(dtype), window)


def _computed(values: Array, window: Window) -> Pixels:
    """Band by band, so that the numbers in between stay near the processor."""
    pixels = np.empty(values.shape, np.uint32)
    band = max(1, IN_A_BAND * len(values) // max(1, values.size))
    for top in range(0, len(values), band):
        _compute(values[top : top + band], window, pixels[top : top + band])
    return pixels


def _compute(values: Array, window: Window, pixels: Pixels) -> None:
    precise = values.dtype.itemsize > 2 * BYTES_IN_TABLE
    wide: NDArray[np.floating[Any]] = values.astype(np.float64 if precise else np.float32)
    unknown = np.isnan(wide) if values.dtype.kind == "f" else None
    with np.errstate(over="ignore"):
        wide -= window.low
        wide *= 255.0 / window.width
    np.clip(wide, 0.0, 255.0, out=wide)
    np.rint(wide, out=wide)
    if window.inverted:
        np.subtract(255.0, wide, out=wide)
    if unknown is not None and unknown.any():
        wide[unknown] = 0.0
    np.multiply(wide.astype(np.uint32), GREY, out=pixels)
    pixels |= BLACK


def _span(first: float, last: float, size: int) -> tuple[int, int]:
    """The pixels between two points, with one more on each side to blend with at the border."""
    return max(0, int(first) - 1), min(size, int(last) + 2)


def _share(scale: float, size: int) -> int:
    return max(1, min(int(1 / scale), size))
