"""The last look at pictures that seem to be one: their whole centre slices, pixel by pixel."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.audit.centre import centre_slice
from engine.audit.full_detail import agreement
from engine.audit.gallery import Gallery
from engine.audit.thumbnail import Bytes, grey_levels
from engine.control import Control
from engine.errors import ReadError
from engine.imaging import open_scan

FULL, HALVED = 0.5, 0.5
_KEPT = 32

Indices = NDArray[np.intp]


def confirmed(gallery: Gallery, first: Indices, second: Indices, control: Control) -> NDArray[np.bool_]:
    """Of pairs of the gallery's places, which are one picture: their noise agrees, or that of both at half the size.

    Compression with losses takes the finest noise away, but leaves that of half the size.
    """

    @lru_cache(_KEPT)
    def pixels(place: int) -> Bytes | None:
        return _pixels(gallery, place)

    found = np.zeros(len(first), bool)
    for number in np.lexsort((second, first)):
        control.check()
        one, other = int(first[number]), int(second[number])
        found[number] = _equal(gallery, one, other) or _agree(pixels(one), pixels(other))
    return found


def _equal(gallery: Gallery, one: int, other: int) -> bool:
    return gallery.signatures[one].pixels == gallery.signatures[other].pixels


def _pixels(gallery: Gallery, place: int) -> Bytes | None:
    signature = gallery.signatures[place]
    try:
        plane = centre_slice(open_scan(gallery.scans[place].source))
    except ReadError:
        return None
    return grey_levels(plane, signature.low, signature.high)


def _agree(one: Bytes | None, other: Bytes | None) -> bool:
    if one is None or other is None:
        return False
    return agreement(one, other) >= FULL or agreement(_halved(one), _halved(other)) >= HALVED


def _halved(grey: Bytes) -> Bytes:
    rows, columns = (count // 2 for count in grey.shape)
    blocks = grey[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2)
    return np.asarray(np.rint(blocks.mean((1, 3))), np.uint8)
