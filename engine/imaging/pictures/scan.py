"""A picture file as an opened scan: its pages are the slices, each decoded when it is asked for."""

from pathlib import Path

import numpy as np

from engine.control import Control
from engine.imaging.header import ScanHeader
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.pictures.decoding import pages_of
from engine.imaging.pictures.pages import Stack
from engine.imaging.read_errors import read_errors
from engine.imaging.stored.filling import Filling, outwards
from engine.imaging.volume import Array, Volume


class PictureScan(OpenedScan):
    """One stack of pages."""

    def __init__(self, header: ScanHeader, path: Path, stack: Stack) -> None:
        super().__init__(header)
        self._path, self._stack = path, stack

    def plane(self, frame: int, z: int) -> Array:
        with read_errors(self._path):
            (page,) = pages_of(self._path, self._stack, [z], Control())
            return np.array(self._stack.values.voxels(page))

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        control = control or Control()
        control.check()
        with read_errors(self._path):
            filling = Filling(self, self._stack.values, arrived)
            slices = [z for _, z in outwards(first or self.centre, 1, len(self._stack.pages))]
            for z, page in zip(slices, pages_of(self._path, self._stack, slices, control), strict=True):
                control.check()
                filling.put(0, z, page)
            return filling.finished(control)
