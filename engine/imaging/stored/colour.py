"""Colour as brightness: what a voxel is worth where one number is wanted."""

import numpy as np

from engine.imaging.volume import Array

_WEIGHTS = (19595, 38470, 7471)  # ITU-R 601 in 1/65536, rounded as Pillow does
_HALF = 1 << 15


def brightness(colour: Array) -> Array:
    """The brightness (...) of colours (..., RGB or RGBA), both uint8."""
    total = np.full(colour.shape[:-1], _HALF, np.uint32)
    for channel, weight in enumerate(_WEIGHTS):
        total += colour[..., channel] * np.uint32(weight)
    total >>= 16
    return total.astype(np.uint8)
