"""Pictures of one size, a file each, as the slices of one scan; a slice costs the decoding of one picture."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Picture:
    """A file that holds one picture."""

    path: Path
    page: Stack

    def pixels(self, channels: int, control: Control) -> Array:
        """(rows, columns), or (rows, columns, RGB) where `channels` are asked for and it is grey; ReadError."""
        with read_errors(self.path):
            (page,) = pages_of(self.path, self.page, [0], control)
        return page if channels == 1 or page.ndim == 3 else np.repeat(page[..., np.newaxis], channels, axis=2)


class PictureStackScan(OpenedScan):
    """A picture per slice, in the order of the header's files; all are coloured where one is."""

    def __init__(self, header: ScanHeader, pictures: Sequence[Picture]) -> None:
        super().__init__(header)
        self._pictures = pictures
        self._values = max((picture.page.values for picture in pictures), key=lambda values: values.channels)

    def plane(self, frame: int, z: int) -> Array:
        return np.array(self._values.voxels(self._pictures[z].pixels(self._values.channels, Control())))

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        control = control or Control()
        control.check()
        with read_errors(self.header.path):
            filling = Filling(self, self._values, arrived)
            for _, z in outwards(first or self.centre, 1, len(self._pictures)):
                control.check()
                filling.put(0, z, self._pictures[z].pixels(self._values.channels, control))
            return filling.finished(control)
