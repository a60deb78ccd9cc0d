"""A scan whose slices come when the test says so; what has not come holds values that must never be seen."""

from pathlib import Path
from threading import Event

import numpy as np

from engine.cohort.cohort import Scan
from engine.control import Control
from engine.errors import Cancelled, ReadError
from engine.imaging.header import ScanHeader
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.reader import Reader, surveyed_one_by_one
from engine.imaging.source import ScanSource
from engine.imaging.volume import Array, Volume
from engine.registry import Info

JUNK = 30_000
SOURCE = ScanSource("held", (Path(__file__),))


class HeldScan(OpenedScan):
    """`volume` as slices come in by `let`. With `in_file_order` they come from the first to the last."""

    def __init__(self, volume: Volume, in_file_order: bool = False) -> None:
        x, y, z = volume.shape_xyz
        told, axis = volume.facts, volume.frame_axis
        super().__init__(
            ScanHeader(
                SOURCE,
                told.format,
                (x, y, z),
                volume.affine,
                volume.array.dtype.name,
                volume.frames,
                axis.kind,
                axis.values,
                told.modality,
                doubts=told.doubts,
            )
        )
        self.truth = volume
        self.fetchable = True
        self.filled: Volume | None = None
        self.asked: list[tuple[int, int]] = []
        self.cancelled = Event()
        self._gates = {(frame, slice_): Event() for frame in range(volume.frames) for slice_ in range(z)}
        self._in_file_order = in_file_order

    def let(self, *places: tuple[int, int]) -> None:
        """These slices may come now; without any, all may."""
        for place in places or self._gates:
            self._gates[place].set()

    def plane(self, frame: int, z: int) -> Array:
        self.asked.append((frame, z))
        if not self.fetchable:
            raise ReadError("it cannot be read out of turn")
        return self.truth.array[frame, z].copy()

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        assert control is not None
        assert arrived is not None
        truth = self.truth
        colour = None if truth.colour is None else np.full_like(truth.colour, 255)
        volume = Volume(
            np.full_like(truth.array, JUNK if truth.array.dtype.itemsize > 1 else 255),
            truth.affine,
            truth.frame_axis,
            truth.facts,
            colour,
        )
        self.filled = volume
        try:
            for place in self._order(first or self.centre):
                self._wait(place, control)
                volume.array[place] = truth.array[place]
                if colour is not None and truth.colour is not None:
                    colour[place] = truth.colour[place]
                arrived(volume, *place)
        except Cancelled:
            self.cancelled.set()
            raise
        return volume

    def _order(self, first: tuple[int, int]) -> list[tuple[int, int]]:
        if self._in_file_order:
            return sorted(self._gates)
        return sorted(self._gates, key=lambda place: (place[0] != first[0], place[0], abs(place[1] - first[1])))

    def _wait(self, place: tuple[int, int], control: Control) -> None:
        while not self._gates[place].wait(0.01):
            control.check()


def reader_of(held: HeldScan) -> Reader:
    """A reader that opens nothing but this."""
    info = Info("held", "Held", "A scan of a test.")
    return Reader(info, (), lambda head: False, surveyed_one_by_one(lambda path: ()), lambda source: held)


def scan_of(held: HeldScan, number: int = 1) -> Scan:
    """The scan as a cohort knows it."""
    header = held.header
    return Scan(number, f"P-{number:03d}", "T1", SOURCE, header.format, header.shape, header.frames, "")
