"""A slice as the pixels of a file: at any size, in true proportions, as the screen shows it."""

from dataclasses import replace

import numpy as np

from engine.pictures.camera import Placement
from engine.pictures.laid import compose
from engine.pictures.lettering import PLAIN, Lettering, lettered
from engine.pictures.picture import Picture
from engine.pictures.viewing import Viewing

Size = tuple[int, int]
LARGEST = 8000
USUAL = 512
IN_A_BAND = 1 << 22


def draw(viewing: Viewing, size: Size, lettering: Lettering = PLAIN, *, smooth: bool = True) -> Picture:
    """The slice with its layers (height, width, 3) on black, red, green and blue from 0 to 255.

    `size` is width and height. `smooth` blends between voxels. What is written on it goes by `lettering`.
    """
    plane = viewing.plane
    placement = Placement.of((plane.columns, plane.rows), plane.pixel_mm, size, viewing.camera)
    return lettered(_drawn(viewing, placement, size, smooth), viewing, placement, lettering)


def size_of(viewing: Viewing, longest: int | None = None) -> Size:
    """Width and height that the whole slice fills; `longest` pixels along its longer side, or about one per voxel."""
    width, height = viewing.size_mm
    if longest is None:
        finest = max(width, height) / min(viewing.plane.pixel_mm)
        longest = round(min(max(finest, USUAL), LARGEST))
    scale = longest / max(width, height)
    return (max(1, round(width * scale)), max(1, round(height * scale)))


def _drawn(viewing: Viewing, placement: Placement, size: Size, smooth: bool) -> Picture:
    """Band by band where nothing lies over the slice, so that a large picture takes little more memory than itself."""
    width, height = size
    band = height if viewing.layers else max(1, IN_A_BAND // width)
    made = np.zeros((height, width, 3), np.uint8)
    for top in range(0, height, band):
        rows = min(band, height - top)
        made[top : top + rows] = compose(viewing, replace(placement, top=placement.top - top), (width, rows), smooth)
    return made
