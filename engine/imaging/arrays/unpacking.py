"""Samples of a compressed array: what fits is unpacked once and kept; of what does not, a place in it is kept."""

import os
from collections import OrderedDict
from io import BufferedIOBase
from threading import Lock

import numpy as np

from engine.control import Control
from engine.imaging.arrays.archive import Member
from engine.imaging.stored.gunzip import fill, pass_over
from engine.imaging.volume import Array

_KEPT = 256 << 20

_Key = tuple[int, str, str, int, int]


class Unpacking:
    """The arrays unpacked last, together no more than so many bytes (one may be larger that has to be), and a place.

    Samples asked for one after the other cost one pass over the array, in whichever way it is kept.
    """

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._lock = Lock()
        self._arrays: OrderedDict[_Key, Array] = OrderedDict()
        self._place: _Place | None = None

    def sample(self, member: Member, number: int) -> Array:
        """A sample as saved, which the caller may keep."""
        key = _key(member)
        with self._lock:
            if key in self._arrays:
                self._arrays.move_to_end(key)
                return np.asarray(self._arrays[key][number])
            if member.layout.bytes > self._most and not member.layout.fortran:
                return self._next(key, member, number)
            self._arrays[key] = array = member.saved()
            while len(self._arrays) > 1 and sum(each.nbytes for each in self._arrays.values()) > self._most:
                self._arrays.popitem(last=False)
            return np.asarray(array[number])

    def _next(self, key: _Key, member: Member, number: int) -> Array:
        place, self._place = self._place, None
        if place is None or place.key != key or place.number > number:
            if place is not None:
                place.stream.close()
            place = _Place(key, member)
        sample = place.sample(number)
        self._place = place
        return sample


class _Place:
    """A place in the stream of a compressed array, which goes forwards only."""

    def __init__(self, key: _Key, member: Member) -> None:
        self.key, self.number = key, 0
        self.stream: BufferedIOBase = member.opened()
        self._shape, self._stored = member.layout.shape[1:], member.layout.stored
        pass_over(self.stream, member.layout.begin, Control())

    def sample(self, number: int) -> Array:
        sample = np.empty(self._shape, self._stored)
        pass_over(self.stream, (number - self.number) * sample.nbytes, Control())
        self.number = number + 1
        fill(self.stream, sample.reshape(-1).view(np.uint8).data, Control())
        return sample


def _key(member: Member) -> _Key:
    """Another process has its own place in a stream, and a file that was changed is another file."""
    state = member.path.stat()
    return (os.getpid(), str(member.path), member.part, state.st_mtime_ns, state.st_size)


_unpacking = Unpacking()


def unpacked_sample(member: Member, number: int) -> Array:
    """A sample of a compressed array, by what all who ask keep together."""
    return _unpacking.sample(member, number)
