"""The description at the head of a saved array, checked before anything is allocated."""

import math
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import numpy as np

from engine.errors import ReadError
from engine.imaging.read_errors import DAMAGED
from engine.imaging.stored.limits import refuse_too_large
from engine.imaging.stored.values import Values
from engine.imaging.volume import Array

MAGIC = np.lib.format.MAGIC_PREFIX
_NUMBERS = "buif"
_PICKLE = b"\x80"
_CHANNELS = (3, 4)
_LONGEST = 64 << 10


@dataclass(frozen=True)
class Layout:
    """A saved array: `shape` as saved, `begin` where its numbers begin; `channels` is 1 unless it is coloured."""

    shape: tuple[int, ...]
    stored: np.dtype[Any]
    fortran: bool
    begin: int
    channels: int = 1

    @property
    def values(self) -> Values:
        """How stored numbers become voxels."""
        return Values(self.stored, None, self.channels)

    @property
    def frames(self) -> int:
        """The last of four axes, unless that is colour."""
        return self.shape[3] if len(self.shape) == 4 and self.channels == 1 else 1

    @property
    def shape_xyz(self) -> tuple[int, int, int]:
        """The grid in the order of the affine."""
        z, y, x = (1, *self.shape) if len(self.shape) == 2 else self.shape[:3]
        return (x, y, z)

    @property
    def bytes(self) -> int:
        """What its numbers take."""
        return math.prod(self.shape) * self.stored.itemsize

    @property
    def sequential(self) -> bool:
        """Whether its slices lie one after the other."""
        return not self.fortran and self.frames == 1

    def coloured(self) -> "Layout":
        """Itself, the last of four axes as colour where it may be that."""
        if len(self.shape) == 4 and self.shape[3] in _CHANNELS and self.stored == np.uint8:
            return Layout(self.shape, self.stored, self.fortran, self.begin, self.shape[3])
        return self

    def plain(self) -> "Layout":
        """Itself, no axis taken for colour."""
        return Layout(self.shape, self.stored, self.fortran, self.begin)

    def arranged(self, saved: Array) -> Array:
        """(frames, z, y, x), of colours (frames, z, y, x, channels), as a view of the saved array."""
        stacked = saved[np.newaxis] if saved.ndim == 2 else saved
        return np.moveaxis(stacked, -1, 0) if self.frames > 1 or self._single_frame else stacked[np.newaxis]

    @property
    def _single_frame(self) -> bool:
        return len(self.shape) == 4 and self.channels == 1


def read_layout(stream: IO[bytes], path: Path) -> Layout:
    """What the stream, at its start, says of the array; ReadError where it is no array of real numbers."""
    layout = read_description(stream, path)
    _refuse_other_than_numbers(layout.stored, path)
    return layout


def read_description(stream: IO[bytes], path: Path) -> Layout:
    """The same of an array of anything; ReadError where it is none."""
    start = stream.read(len(MAGIC) + 2)
    if start[:1] == _PICKLE:
        raise _pickled(path)
    if not start.startswith(MAGIC):
        what = "the file is empty" if not start else "this is not a NumPy array"
        raise ReadError(what, path=path, hint="Is it another format under this name?")
    first = start[len(MAGIC) :] == b"\x01\x00"
    reader = np.lib.format.read_array_header_1_0 if first else np.lib.format.read_array_header_2_0
    head = _head(stream, 2 if first else 4, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python warns of odd text in a description, which is refused anyway
        shape, fortran, stored = reader(BytesIO(head))
    return Layout(tuple(int(n) for n in shape), stored, bool(fortran), len(start) + len(head))


def _head(stream: IO[bytes], count: int, path: Path) -> bytes:
    """The description and, before it, its length in so many bytes; NumPy would read any length that is claimed."""
    length = stream.read(count)
    claimed = int.from_bytes(length, "little")
    if claimed > _LONGEST:
        raise ReadError(f"its description claims {claimed} bytes", path=path, hint=DAMAGED)
    return length + stream.read(claimed)


def refuse_other_than_images(layout: Layout, path: Path) -> None:
    """ReadError where the axes are not those of an image."""
    shape = layout.shape
    if len(shape) not in (2, 3, 4) or min(shape) < 1:
        hint = "Save (rows, columns), (slices, rows, columns) or (slices, rows, columns, frames)."
        raise ReadError(f"an array of shape {shape} is not an image", path=path, hint=hint)
    refuse_too_large(path, shape)


def _refuse_other_than_numbers(stored: np.dtype[Any], path: Path) -> None:
    if stored.hasobject:
        raise _pickled(path)
    if stored.kind not in _NUMBERS or stored.itemsize > 8:
        hint = "Save it as one real number per voxel, for instance the magnitude."
        raise ReadError(f"it holds {stored}, which cannot be read", path=path, hint=hint)


def _pickled(path: Path) -> ReadError:
    hint = "Save the plain numbers again: np.save(path, np.asarray(data, dtype=float), allow_pickle=False)."
    return ReadError("it holds pickled Python objects, which could run code", path=path, hint=hint)
