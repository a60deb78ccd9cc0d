"""Where in a file the numbers of a scan lie, and the way to open them."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.stored.gunzip import compressed, opened
from engine.imaging.stored.limits import refuse_beyond, refuse_too_large
from engine.imaging.stored.mapped import MappedScan
from engine.imaging.stored.streamed import StreamedScan
from engine.imaging.stored.values import Values
from engine.imaging.volume import Array


@dataclass(frozen=True)
class Block:
    """`shape` is (frames, z, y, x), which is how a file that stores x fastest lies; `tail` where more may follow."""

    path: Path
    offset: int
    shape: tuple[int, int, int, int]
    values: Values
    tail: bool = False

    @property
    def end(self) -> int:
        """The byte after the last voxel."""
        return self.offset + math.prod(self.shape) * self.values.voxel_bytes

    def checked(self) -> "Block":
        """Itself; ReadError where the file cannot hold it."""
        refuse_too_large(self.path, self.shape)
        refuse_beyond(self.path, self.end, compressed=compressed(self.path))
        return self

    def doubts(self) -> tuple[Doubt, ...]:
        """Whether the plain file goes on after the voxels."""
        beyond = 0 if self.tail or compressed(self.path) else self.path.stat().st_size - self.end
        return (Doubt("format", f"{beyond} bytes follow the voxels that its header speaks of"),) if beyond else ()

    def scan(self, header: ScanHeader) -> OpenedScan:
        """The opened scan: streamed where compressed, else mapped."""
        if compressed(self.path):
            return StreamedScan(header, self.values, self.path, lambda: opened(self.path), self.offset, tail=self.tail)
        return MappedScan(header, self.values, self.path, self._mapped)

    def _mapped(self) -> Array:
        channels = (self.values.channels,) if self.values.channels > 1 else ()
        return np.memmap(self.path, self.values.stored, "r", self.offset, (*self.shape, *channels))
