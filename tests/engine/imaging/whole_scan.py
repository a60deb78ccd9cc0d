"""A scan of a format that a test makes up."""

from collections.abc import Callable

import numpy as np

from engine.control import Control
from engine.imaging import OpenedScan, ScanHeader, ScanSource, Volume
from engine.imaging.opened import Arrived
from engine.imaging.volume import Array


class WholeScan(OpenedScan):
    """A scan whose format has to be read, or mapped, in one piece; `read` is called once."""

    def __init__(self, header: ScanHeader, read: Callable[[ScanSource], Volume]) -> None:
        super().__init__(header)
        self._read = read
        self._volume: Volume | None = None

    def plane(self, frame: int, z: int) -> Array:
        return np.asarray(self.load().array[frame, z])

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        if control is not None:
            control.check()
        if self._volume is None:
            self._volume = self._read(self.header.source)
        if arrived is not None:
            arrived(self._volume, *(first or self.centre))
        return self._volume
