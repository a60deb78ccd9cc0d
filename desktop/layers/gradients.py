"""Colour maps as pictures, for lists and for the bar over the pictures."""

from functools import cache

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPixmap

from engine.pictures.colours import MAPS, colours

NAMES = {
    "viridis": "Viridis",
    "inferno": "Inferno",
    "magma": "Magma",
    "hot": "Hot",
    "grey": "Grey",
    "diverging": "Diverging",
}
SIZE = QSize(64, 12)


def choices() -> tuple[str, ...]:
    """The colour maps that run from low to high; a mask's is none."""
    known = tuple(name for name in NAMES if name in MAPS)
    return known + tuple(name for name in MAPS if name not in NAMES and name != "mask")


def words_of(name: str) -> str:
    """What a colour map is called."""
    return NAMES.get(name, name.capitalize())


@cache
def gradient(name: str, steps: int, upright: bool = False) -> QImage:
    """A colour map from low to high: from the left to the right, or from below to the top."""
    shades = np.full((1, steps, 4), 255, np.uint8)
    shades[0, :, :3] = np.rint(colours(name, steps) * 255)
    pixels = np.ascontiguousarray(shades[:, ::-1].transpose(1, 0, 2) if upright else shades)
    height, width, _ = pixels.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def icon_of(name: str) -> QIcon:
    """A small gradient for a list."""
    return QIcon(QPixmap.fromImage(gradient(name, SIZE.width()).scaled(SIZE)))
