"""The last look at pictures that seem to be one: their whole centre slices, pixel by pixel."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.audit.centre import centre_slice
from engine.audit.full_detail import agreement, tells
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

    silent: set[int] = set()

    @lru_cache(_KEPT)
    def looks(place: int) -> tuple[Bytes, ...]:
        read = () if place in silent else _looks(gallery, place)
        if not read:
            silent.add(place)
        return read

    found = np.zeros(len(first), bool)
    for number in np.lexsort((second, first)):
        control.check()
        one, other = int(first[number]), int(second[number])
        found[number] = _equal(gallery, one, other) or _agree(looks(one), looks(other))
    return found


def _equal(gallery: Gallery, one: int, other: int) -> bool:
    return gallery.signatures[one].pixels == gallery.signatures[other].pixels


def _looks(gallery: Gallery, place: int) -> tuple[Bytes, ...]:
    """The picture in full and at half the size; nothing where it is not there or has too little noise to tell by."""
    signature = gallery.signatures[place]
    try:
        plane = centre_slice(open_scan(gallery.scans[place].source))
    except ReadError:
        return ()
    grey = grey_levels(plane, signature.low, signature.high)
    looks = (grey, _halved(grey))
    return looks if any(tells(look) for look in looks) else ()


def _agree(one: tuple[Bytes, ...], other: tuple[Bytes, ...]) -> bool:
    pairs = zip(one, other, (FULL, HALVED), strict=True) if one and other else ()
    return any(agreement(first, second) >= least for first, second, least in pairs)


def _halved(grey: Bytes) -> Bytes:
    rows, columns = (count // 2 for count in grey.shape)
    blocks = grey[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2)
    return np.asarray(np.rint(blocks.mean((1, 3))), np.uint8)
