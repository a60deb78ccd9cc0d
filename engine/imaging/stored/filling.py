"""A volume whose slices come in one by one."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine.control import Control
from engine.imaging.doubt import Doubt
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.stored.values import Values
from engine.imaging.volume import Array, Volume
from engine.imaging.voxels import voxel_doubts


def outwards(first: tuple[int, int], frames: int, slices: int) -> Iterator[tuple[int, int]]:
    """Every (frame, z) once: from `first` up and down its frame, then the frames after it, then those before."""
    frame, z = first
    rows = sorted(range(slices), key=lambda other: abs(other - z))
    for each in [*range(frame, frames), *range(frame)]:
        yield from ((each, row) for row in rows)


class Filling:
    """The volume of an opened scan, empty at first, and whoever wants to be told of its slices."""

    def __init__(self, scan: OpenedScan, values: Values, arrived: Arrived | None) -> None:
        x, y, z = scan.header.shape
        shape = (scan.header.frames, z, y, x)
        self._values, self._arrived = values, arrived
        self._colour = np.empty((*shape, 3), np.uint8) if values.channels > 1 else None
        self.volume = Volume(
            np.empty(shape, values.dtype), scan.header.affine, scan.frame_axis(), scan.facts(), self._colour
        )

    def put(self, frame: int, z: int, stored: Array) -> None:
        """Take one slice in, as it is stored."""
        self.volume.array[frame, z] = self._values.voxels(stored)
        if self._colour is not None:
            self._colour[frame, z] = stored[..., :3]
        self.told(frame, z)

    def told(self, frame: int, z: int) -> None:
        """A slice has come in."""
        if self._arrived is not None:
            self._arrived(self.volume, frame, z)

    def finished(self, control: Control, doubts: tuple[Doubt, ...] = ()) -> Volume:
        """The volume with what its voxels, and reading them, give to doubt."""
        return judged(self.volume, control, doubts)


def judged(volume: Volume, control: Control, doubts: tuple[Doubt, ...] = ()) -> Volume:
    """The volume with what is odd about its voxels, and some further doubts, among its facts."""
    facts = volume.facts
    told = replace(facts, doubts=facts.doubts + doubts + voxel_doubts(volume.array, control))
    return Volume(volume.array, volume.affine, volume.frame_axis, told, volume.colour)
