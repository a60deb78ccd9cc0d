"""A picture file as an opened scan: its pages are the slices, each decoded when it is asked for."""

from pathlib import Path

import numpy as np

from engine.control import Control
from engine.imaging.header import ScanHeader
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.pictures.page import pixels
from engine.imaging.pictures.pages import Stack, opened_picture
from engine.imaging.read_errors import read_errors
from engine.imaging.stored.filling import Filling, outwards
from engine.imaging.volume import Array, Volume


class PictureScan(OpenedScan):
    """One stack of pages."""

    def __init__(self, header: ScanHeader, path: Path, stack: Stack) -> None:
        super().__init__(header)
        self._path, self._stack = path, stack

    def plane(self, frame: int, z: int) -> Array:
        with read_errors(self._path), opened_picture(self._path) as (image, _):
            self._turn_to(image, z)
            return np.array(self._stack.values.voxels(pixels(image)))

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        control = control or Control()
        control.check()
        with read_errors(self._path), opened_picture(self._path) as (image, _):
            filling = Filling(self, self._stack.values, arrived)
            for frame, z in outwards(first or self.centre, 1, len(self._stack.pages)):
                control.check()
                self._turn_to(image, z)
                filling.put(frame, z, pixels(image))
            return filling.finished()

    def _turn_to(self, image: object, z: int) -> None:
        if len(self._stack.pages) > 1 or self._stack.pages[0]:
            image.seek(self._stack.pages[z])  # type: ignore[attr-defined]
