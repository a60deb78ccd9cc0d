"""A scan whose numbers can be mapped: a slice costs one slice, and memory only what has to be changed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.control import Control
from engine.imaging.header import ScanHeader
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.stored.filling import Filling, judged, outwards
from engine.imaging.stored.values import Values
from engine.imaging.volume import Array, Volume


class MappedScan(OpenedScan):
    """`mapped` gives the stored numbers (frames, z, y, x), of colours (frames, z, y, x, channels), read-only."""

    def __init__(self, header: ScanHeader, values: Values, path: Path, mapped: Callable[[], Array]) -> None:
        super().__init__(header)
        self._values, self._path, self._mapped = values, path, mapped

    def plane(self, frame: int, z: int) -> Array:
        with read_errors(self._path):
            return np.array(self._values.voxels(self._mapped()[frame, z]))

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        control, first = control or Control(), first or self.centre
        control.check()
        with read_errors(self._path):
            stored = self._mapped()
            if not self._values.as_they_lie:
                return self._converted(stored, first, arrived, control)
            volume = Volume(np.asarray(stored), self.header.affine, self.frame_axis(), self.facts())
            if arrived is not None:
                arrived(volume, *first)
            return judged(volume, control)

    def _converted(self, stored: Array, first: tuple[int, int], arrived: Arrived | None, control: Control) -> Volume:
        filling = Filling(self, self._values, arrived)
        for frame, z in outwards(first, *stored.shape[:2]):
            control.check()
            filling.put(frame, z, stored[frame, z])
        return filling.finished(control)


def kept(unpacked: Callable[[], Array]) -> Callable[[], Array]:
    """What `unpacked` gives, which is asked once."""
    arrays: list[Array] = []

    def array() -> Array:
        if not arrays:
            arrays.append(unpacked())
        return arrays[0]

    return array
