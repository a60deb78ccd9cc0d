"""Coloured pictures: what to show of them, and their brightness, which is what is measured and learnt from."""

import numpy as np

from engine.imaging.dicom.records import Encoding
from engine.imaging.volume import Array

REC_601 = np.array([0.299, 0.587, 0.114], np.float32)


def is_coloured(encoding: Encoding) -> bool:
    """Whether a picture has colour, its own or by a palette."""
    return encoding.samples > 1 or encoding.photometric == "PALETTE COLOR"


def shown(picture: Array, bits: int) -> Array:
    """A picture of `bits` used bits as uint8 (rows, columns, RGB); a grey one has its grey in all three."""
    eight = picture if picture.dtype == np.uint8 and bits <= 8 else np.right_shift(picture, max(bits - 8, 0))
    colours = eight.astype(np.uint8, copy=False)
    return colours if picture.ndim == 3 else np.repeat(colours[..., np.newaxis], 3, axis=2)


def brightness(picture: Array) -> Array:
    """The luminance by Rec. 601 of (rows, columns, RGB), in the picture's own integer type."""
    weights = REC_601 if picture.dtype.itemsize < 4 else REC_601.astype(np.float64)
    return np.rint(picture @ weights).astype(picture.dtype)


def used_bits(encoding: Encoding, picture: Array) -> int:
    """How many bits of a decoded picture carry its values; those of a palette use the whole type."""
    return 8 * picture.dtype.itemsize if encoding.photometric == "PALETTE COLOR" else encoding.bits_stored
