"""A scan whose bytes come one after the other, as those of a compressed file: slices arrive in its order."""

from collections.abc import Callable
from io import BufferedIOBase
from pathlib import Path

import numpy as np

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.read_errors import DAMAGED, read_errors
from engine.imaging.stored.filling import Filling
from engine.imaging.stored.gunzip import drained, fill, pass_over
from engine.imaging.stored.values import Values
from engine.imaging.volume import Array, Volume


class StreamedScan(OpenedScan):
    """`opened` gives the uncompressed bytes; from `offset` on these are the voxels in the order (frames, z, y, x).

    `tail` says that something else may follow them.
    """

    def __init__(
        self,
        header: ScanHeader,
        values: Values,
        path: Path,
        opened: Callable[[], BufferedIOBase],
        offset: int,
        *,
        tail: bool = False,
    ) -> None:
        super().__init__(header)
        self._values, self._path, self._opened, self._offset, self._tail = values, path, opened, offset, tail

    def plane(self, frame: int, z: int) -> Array:
        control, stored = Control(), self._empty_slice()
        with read_errors(self._path), self._opened() as stream:
            before = frame * self.header.shape[2] + z
            pass_over(stream, self._offset + before * stored.nbytes, control)
            fill(stream, _bytes(stored), control)
            return self._values.voxels(stored)

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        control = control or Control()
        with read_errors(self._path), self._opened() as stream:
            filling = Filling(self, self._values, arrived)
            pass_over(stream, self._offset, control)
            for frame in range(self.header.frames):
                for z in range(self.header.shape[2]):
                    self._take(stream, filling, (frame, z), control)
            return filling.finished(control, self._after(drained(stream, control)))

    def _take(self, stream: BufferedIOBase, filling: Filling, place: tuple[int, int], control: Control) -> None:
        try:
            if self._values.as_they_lie:
                fill(stream, _bytes(filling.volume.array[place]), control)
                filling.told(*place)
            else:
                stored = self._empty_slice()
                fill(stream, _bytes(stored), control)
                filling.put(*place, stored)
        except EOFError:
            frame, z = place
            whole = frame * self.header.shape[2] + z
            asked = self.header.frames * self.header.shape[2]
            raise ReadError(f"cut short: {whole} of {asked} slices", path=self._path, hint=DAMAGED) from None

    def _after(self, beyond: int) -> tuple[Doubt, ...]:
        return (Doubt("format", f"{beyond} bytes or more follow the voxels"),) if beyond and not self._tail else ()

    def _empty_slice(self) -> Array:
        x, y, _ = self.header.shape
        channels = (self._values.channels,) if self._values.channels > 1 else ()
        return np.empty((y, x, *channels), self._values.stored)


def _bytes(array: Array) -> memoryview:
    return array.reshape(-1).view(np.uint8).data
