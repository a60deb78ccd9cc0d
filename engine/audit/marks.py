"""What was drawn into a picture after it was taken: a frame around it, letters or labels in its margin."""

import numpy as np

from engine.imaging.volume import Array

CELLS = 8
_MARGIN, _BRIGHT, _DARK = 0.2, 0.95, 0.35
_FEWEST, _LARGEST = 6, 0.02


def has_frame(plane: Array, low: float, high: float) -> bool:
    """Whether the outermost pixels all have one value that is not the picture's darkest."""
    ring = np.concatenate([plane[0], plane[-1], plane[:, 0], plane[:, -1]])
    first = ring[0]
    return bool((ring == first).all() and high > low and float(first) > low + 0.1 * (high - low))


def marked_cells(plane: Array, low: float, high: float) -> int:
    """The cells of an 8 x 8 grid, a bit each, in which small marks of the full brightness stand on a dark margin.

    Anatomy is seldom as bright as the picture goes; what is drawn nearly always is, and evenly so.
    """
    if high <= low or min(plane.shape) < 2 * CELLS:
        return 0
    top = float(np.nanmax(plane))
    bright = plane >= low + _BRIGHT * (top - low)
    margin = _margin(plane.shape)
    if np.count_nonzero(bright & margin) < _FEWEST:
        return 0
    if float(np.median(plane[margin])) > low + _DARK * (high - low):
        return 0
    return _cells(_small_parts(bright, margin))


def _margin(shape: tuple[int, ...]) -> Array:
    """The outer part of the picture, where no anatomy is centred."""
    rows, columns = (round(_MARGIN * count) for count in shape)
    outer = np.ones(shape, bool)
    outer[rows:-rows, columns:-columns] = False
    return outer


def _small_parts(bright: Array, margin: Array) -> Array:
    """Bright parts that lie wholly in the margin and are small, as letters are."""
    from scipy.ndimage import label

    parts, count = label(bright, np.ones((3, 3)))
    sizes = np.bincount(parts.ravel(), minlength=count + 1)
    inner = np.zeros(count + 1, bool)
    inner[np.unique(parts[~margin])] = True
    wanted = ~inner & (sizes >= _FEWEST) & (sizes <= _LARGEST * bright.size)
    wanted[0] = False
    return np.asarray(wanted[parts])


def _cells(marks: Array) -> int:
    rows, columns = np.nonzero(marks)
    cells = rows * CELLS // marks.shape[0] * CELLS + columns * CELLS // marks.shape[1]
    return sum(1 << int(cell) for cell in np.unique(cells))
