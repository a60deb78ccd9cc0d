"""Whose slices are whose, where no file says it: a chain from each slice to the ones above and below it.

A slice has two neighbours in its stack, so two pictures are linked where each is among the two nearest of the other
and both are much nearer than pictures usually are there. How near that is comes from the data: the twentieth nearest
picture is the measure. In cohorts of unrelated pictures the nearest is hardly nearer than the twentieth, and nothing
is linked. Where most pictures turn out to lie in stacks, links may be longer, since then there is a neighbour to find.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.audit.copies import Pairs
from engine.audit.gallery import Gallery
from engine.audit.groups import joined, members
from engine.audit.neighbours import Nearest
from engine.audit.thumbnail import shrunk
from engine.control import Control

BACKGROUND, NEARER, NEARER_IN_STACKS, EVEN = 20, 0.38, 0.55, 2.5
LEAST_SHARE, FEWEST = 0.1, 3
_SIDE = 16
_FEWEST_PICTURES, _BY_CHANCE, _MOSTLY = 12, 6, 0.5

Indices = NDArray[np.intp]
Floats = NDArray[np.float32]


def likely_patients(gallery: Gallery, copies: Pairs, control: Control) -> Indices | None:
    """A group for each scan of the gallery; None where too few pictures have a neighbour to speak of stacks.

    Copies of a picture are in its group. Scans that show nothing are groups of their own.
    """
    same = joined(len(gallery.scans), copies.first, copies.second)[gallery.pictured]
    _, single = np.unique(same, return_index=True)
    if len(single) < _FEWEST_PICTURES:
        return None
    control.check()
    links = _stacks(_counting_once(gallery.nearest, single, same), len(single))
    if links is None:
        return None
    first, second = (gallery.pictured[end] for end in links)
    return joined(len(gallery.scans), np.concatenate([copies.first, first]), np.concatenate([copies.second, second]))


def along_stack(gallery: Gallery, places: Sequence[int]) -> list[int]:
    """Places of one likely patient from one end of the stack towards the other, as far as the pictures tell."""
    thumbs = np.stack([gallery.signatures[place].thumb for place in places])
    small = shrunk(thumbs, _SIDE)
    small -= small.mean(axis=0)
    left = np.linalg.svd(small, full_matrices=False)[0]
    return [places[index] for index in np.argsort(left[:, 0], kind="stable")]


def _stacks(found: Nearest, pictures: int) -> tuple[Indices, Indices] | None:
    """The links of all stacks; None where there are no more than chance makes."""
    links = _links(found, pictures, NEARER)
    stacked = sum(len(group) for group in members(joined(len(found.apart), *links), FEWEST))
    if stacked < LEAST_SHARE * pictures + _BY_CHANCE:
        return None
    return _links(found, pictures, NEARER_IN_STACKS) if stacked >= _MOSTLY * pictures else links


def _counting_once(found: Nearest, single: Indices, same: Indices) -> Nearest:
    """The neighbours of each picture without its own copies, and of other pictures' copies the first alone."""
    is_single = np.zeros(len(same), bool)
    is_single[single] = True
    other = is_single[found.places] & (same[found.places] != same[:, None])
    apart = np.where(other & is_single[:, None], found.apart, np.inf)
    order = np.argsort(apart, axis=1, kind="stable")[:, :BACKGROUND]
    return Nearest(np.take_along_axis(found.places, order, 1), np.take_along_axis(apart, order, 1))


def _links(found: Nearest, pictures: int, nearer: float) -> tuple[Indices, Indices]:
    """Pairs of neighbours in a stack, each once."""
    usual, best = _usual(found.apart, pictures), found.apart[:, 0]
    one = np.repeat(np.arange(len(usual)), 2)
    other, apart = found.places[:, :2].ravel(), found.apart[:, :2].ravel()
    mutual = (found.places[other][:, :2] == one[:, None]).any(axis=1)
    near = apart <= nearer * np.minimum(usual[one], usual[other])
    even = apart <= EVEN * np.minimum(best[one], best[other])
    chosen = mutual & near & even & np.isfinite(apart) & (one < other)
    return one[chosen], other[chosen]


def _usual(apart: Floats, pictures: int) -> Floats:
    """How far pictures lie apart around each: where the twentieth is, of few pictures one nearer by."""
    looked_at = apart[:, : max(min(BACKGROUND, pictures // 3), 1)]
    return np.asarray(np.where(np.isfinite(looked_at), looked_at, 0).max(axis=1), np.float32)
