"""Pictures that are one picture: saved again, made smaller, brighter, cut, moved or turned; not neighbouring slices.

Slices that lie beside each other look alike, but each has noise of its own; a copy has the noise of its original. So
nearness and hashes propose pairs, and the fine detail of both thumbnails decides. Where noise is low, neighbours agree
in detail too: then pairs form chains, while copies are alike among themselves; of a chain only what stands out is kept.
What is left is confirmed pixel by pixel on the whole centre slices. Without noise only equal ones count.

Found are copies saved with losses, made up to twice as large or down to about a quarter, darker or brighter, cut or
moved by up to six pixels in the middle, mirrored, and turned by quarters. Missed are copies turned by other angles,
moved or turned *and* scaled or compressed hard, cut by far more, or smaller than about 40 x 40 pixels.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.audit.confirming import confirmed
from engine.audit.gallery import Gallery
from engine.audit.groups import joined
from engine.audit.moved_copies import moved_copies
from engine.audit.thumbnail import Bytes, shrunk
from engine.control import Control

MOST_BITS = 10
LEAST_ALIKE, LEAST_RESIZED, LEAST_DETAIL, SURE = 0.97, 0.4, 0.5, 0.78
_ALL_BUT_ONE = 0.02
_FULL, _OF_CHAIN = 0.8, 0.5
_LOOKED_AT, _AT_ONCE, _AROUND = 12, 512, 9

Indices = NDArray[np.intp]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Places in the gallery of two pictures that are one, and how well their detail agrees (-1 to 1)."""

    first: Indices
    second: Indices
    detail: Floats

    def only(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """Some of them."""
        return Pairs(self.first[chosen], self.second[chosen], self.detail[chosen])


def near_copies(gallery: Gallery, control: Control) -> Pairs:
    """Pairs of near copies; those whose pixels are wholly the same are among them. Cancelled when asked."""
    first, second, near = _candidates(gallery)
    coarse = _standard(shrunk(gallery.thumbs, 16))
    alike = _agreement(lambda places: coarse[places], first, second, control) >= LEAST_ALIKE
    first, second, near = first[alike], second[alike], near[alike]
    detail = _agreement(lambda places: _detail(gallery.thumbs[places]), first, second, control)
    resized = (_sizes(gallery)[first] != _sizes(gallery)[second]).any(axis=1)
    agree = (detail >= SURE) | (near & (detail >= LEAST_DETAIL)) | (resized & (detail >= LEAST_RESIZED))
    found = _united((first[agree], second[agree], detail[agree]), moved_copies(gallery, control))
    pairs = Pairs(gallery.pictured[found[0]], gallery.pictured[found[1]], found[2])
    kept = _without_chains(pairs, len(gallery.scans))
    return kept.only(confirmed(gallery, kept.first, kept.second, control))


def _sizes(gallery: Gallery) -> NDArray[np.intp]:
    """The columns and rows of the pictured; neighbouring slices have the same, copies made smaller have not."""
    return np.array([gallery.scans[place].shape[:2] for place in gallery.pictured], np.intp).reshape(-1, 2)


def _united(*kinds: tuple[Indices, Indices, Floats]) -> tuple[Indices, Indices, Floats]:
    """Pairs that were found in several ways, each once."""
    first, second, detail = (np.concatenate(each) for each in zip(*kinds, strict=True))
    _, once = np.unique(np.stack([first, second]), axis=1, return_index=True)
    return first[once], second[once], detail[once]


def _agreement(rows: Callable[[Indices], Floats], first: Indices, second: Indices, control: Control) -> Floats:
    """How well the rows of two places agree, pair by pair; some at a time, for there may be a million."""
    found = np.zeros(len(first), np.float32)
    for begin in range(0, len(first), _AT_ONCE):
        control.check()
        some = slice(begin, begin + _AT_ONCE)
        found[some] = np.einsum("ij,ij->i", rows(first[some]), rows(second[some]))
    return found


def _candidates(gallery: Gallery) -> tuple[Indices, Indices, NDArray[np.bool_]]:
    """Pairs, each once, of near neighbours whose hashes differ in few bits; and which of them are all but one."""
    found = gallery.nearest
    places, apart = found.places[:, :_LOOKED_AT], found.apart[:, :_LOOKED_AT]
    one, other = np.repeat(np.arange(len(places)), places.shape[1]), places.ravel()
    alike = (np.bitwise_count(gallery.hashes[one] ^ gallery.hashes[other]) <= MOST_BITS) & (other != one)
    near = apart.ravel() <= _ALL_BUT_ONE * found.apart[one, -1] if places.shape[1] else alike
    pairs, first = np.unique(np.sort(np.stack([one[alike], other[alike]], axis=1), axis=1), axis=0, return_index=True)
    return pairs[:, 0], pairs[:, 1], near[alike][first]


def _without_chains(pairs: Pairs, count: int) -> Pairs:
    """Without pairs that are links of a chain, unless they are twice as near as its links usually are."""
    groups = joined(count, pairs.first, pairs.second)
    of_pair = groups[pairs.first]
    sizes, links = np.bincount(groups, minlength=count), np.bincount(of_pair, minlength=count)
    chains = links < _FULL * sizes * (sizes - 1) / 2
    keep = ~chains[of_pair]
    for chain in np.unique(of_pair[~keep]):
        inside = of_pair == chain
        keep |= inside & (1 - pairs.detail <= _OF_CHAIN * float(np.median(1 - pairs.detail[inside])))
    return pairs.only(keep)


def _detail(thumbs: Bytes) -> Floats:
    """How each pixel differs from those beside it, in units of what is usual about there; rows of length 1."""
    from scipy.ndimage import uniform_filter

    grey = thumbs.astype(np.float32)
    beside = grey[:, :-2, 1:-1] + grey[:, 2:, 1:-1] + grey[:, 1:-1, :-2] + grey[:, 1:-1, 2:]
    fine = 4 * grey[:, 1:-1, 1:-1] - beside
    usual = np.sqrt(np.maximum(uniform_filter(fine**2, (0, _AROUND, _AROUND)), 0)) + 2
    return _standard((fine / usual).reshape(len(fine), fine.shape[1] * fine.shape[2]))


def _standard(rows: Floats) -> Floats:
    """Rows of mean 0 and length 1."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6), np.float32)
