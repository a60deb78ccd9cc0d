"""Which slices of a volume that is still being read are there."""

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import Array

Slice = tuple[int, int]
FETCHED_AT_MOST = 16
SHARE = 8


class Presence:
    """Slices are named (frame, z). One thread tells what `came`; another asks, and keeps what it `fetched` itself.

    A slice counts only once it lies in the array as a whole, so nobody ever looks at one that is being written.
    """

    def __init__(self, frames: int, slices: int) -> None:
        self._there: NDArray[np.bool_] = np.zeros((frames, slices), np.bool_)
        self._fetched: OrderedDict[Slice, Array] = OrderedDict()
        self._most = min(FETCHED_AT_MOST, max(1, frames * slices // SHARE))

    def came(self, place: Slice) -> None:
        """The slice lies in the volume's array."""
        self._there[place] = True

    def came_all(self) -> None:
        """All slices lie in the volume's array, as those of a mapped file do."""
        self._there[:] = True

    def fetch(self, place: Slice, values: Array) -> None:
        """Keep a slice that was asked for out of turn; the one asked for longest ago makes way."""
        self._fetched[place] = values
        while len(self._fetched) > self._most:
            self._fetched.popitem(last=False)

    def fetched(self, place: Slice) -> Array | None:
        """The slice (y, x), where it was asked for out of turn and has not come by itself."""
        return None if self._there[place] else self._fetched.get(place)

    def has(self, place: Slice) -> bool:
        """Whether the slice can be shown."""
        return bool(self._there[place]) or place in self._fetched

    def along(self, frame: int) -> NDArray[np.bool_]:
        """Of each slice of a frame, whether it lies in the array; a copy that stays as it is."""
        return np.array(self._there[frame])
