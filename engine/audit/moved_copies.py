"""Copies that were moved, cut, mirrored or turned: their noise agrees pixel by pixel, at another place."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.audit.full_detail import correlated, enough, fine
from engine.audit.gallery import Gallery
from engine.audit.neighbours import features, nearest
from engine.audit.thumbnail import Bytes
from engine.control import Control

SURE = 0.85
_BESIDE, _TURNED = 4, 2
_SIDE, _LEVELS, _AT_ONCE = 60, 32, 256

Indices = NDArray[np.intp]
Floats = NDArray[np.float32]
Found = tuple[Indices, Indices, Floats]
Turn = Callable[[NDArray[Any]], NDArray[Any]]

_TURNS: tuple[Turn, ...] = (
    *(partial(np.flip, axis=axes) for axes in ((2,), (1,), (1, 2))),
    *(partial(np.rot90, k=quarters, axes=(1, 2)) for quarters in (1, 3)),
)


def moved_copies(gallery: Gallery, control: Control) -> Found:
    """Pairs of places among the pictured, and how well their middles agree; those that hardly do are left out."""
    details, telling = _details(gallery, control)
    found = [_of(_pairs(gallery.nearest.places[:, :_BESIDE], telling), details, details, control)]
    for turned in _TURNS:
        places = _turned(gallery.thumbs, turned, control)
        found.append(_of(_pairs(places, telling), details, turned(details), control))
    first, second, agree = (np.concatenate(each) for each in zip(*found, strict=True))
    return first, second, agree


def _turned(thumbs: Bytes, turned: Turn, control: Control) -> Indices:
    """The places of the pictures that are most like each when they are turned."""
    rows = features([thumbs, turned(thumbs)])
    return nearest(rows[: len(thumbs)], _TURNED, control, rows[len(thumbs) :]).places


def _pairs(places: Indices, telling: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Each once, as (2, n)."""
    one, other = np.repeat(np.arange(len(places)), places.shape[1]), places.ravel()
    both = telling[one] & telling[other]
    return np.unique(np.sort(np.stack([one[both], other[both]]), axis=0), axis=1)


def _of(pairs: NDArray[np.intp], details: NDArray[np.int8], others: NDArray[np.int8], control: Control) -> Found:
    agree = np.zeros(pairs.shape[1], np.float32)
    for begin in range(0, pairs.shape[1], _AT_ONCE):
        control.check()
        first, second = pairs[:, begin : begin + _AT_ONCE]
        agree[begin : begin + _AT_ONCE] = correlated(
            details[first].astype(np.float32), others[second].astype(np.float32)
        )
    sure = agree >= SURE
    return pairs[0, sure], pairs[1, sure], agree[sure]


def _details(gallery: Gallery, control: Control) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """The fine detail of each patch, coarsely, and whether there is enough of it."""
    count = len(gallery.pictured)
    details = np.zeros((count, _SIDE, _SIDE), np.int8)
    telling = np.zeros(count, bool)
    for begin in range(0, count, _AT_ONCE):
        control.check()
        some = slice(begin, begin + _AT_ONCE)
        detail, usual = fine(gallery.patches(begin, begin + _AT_ONCE).astype(np.float32))
        details[some] = np.clip(detail[:, 1:-1, 1:-1] * _LEVELS, -127, 127)
        telling[some] = enough(usual)
    return details, telling
