"""An opened DICOM scan: its planes come one by one, from the middle outwards, into one array."""

import math
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property

import numpy as np

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.dicom.batches import Batch, Place, batches, in_order, outwards
from engine.imaging.dicom.colour import is_coloured
from engine.imaging.dicom.modality_table import ModalityTable, modality_table
from engine.imaging.dicom.pixels import fill
from engine.imaging.dicom.raw_pixels import Truncated, is_raw, needed
from engine.imaging.dicom.records import Slice, Stack
from engine.imaging.doubt import Doubt
from engine.imaging.guard.pool import PROCESSES
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.volume import Array, Volume
from engine.imaging.voxels import voxel_doubts

_AT_ONCE = 4
_SLOW_SECONDS = 0.005
_FEW = 16
_MOST_VOXELS = 1 << 31


class OpenedStack(OpenedScan):
    """The pictures of a stack. Planes that a file is too short for stay zero, and the scan is doubted for it."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(stack.header)
        self._grid = stack.grid

    def plane(self, frame: int, z: int) -> Array:
        picture = self._grid[frame][z]
        values = np.empty(picture.shape, self._dtype)
        colours = np.empty((*picture.shape, 3), np.uint8) if self._coloured else None
        lacking = fill([picture], [values], None if colours is None else [colours], self._table(picture))
        if lacking[0] is not None:
            raise lacking[0]
        return values

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        control = control or Control()
        control.check()
        places = [Place(frame, z, self._grid[frame][z]) for frame, z in self._order(first or self.centre)]
        self._first_there(places)
        volume = self._empty()
        lacking: list[Truncated] = []
        with closing(self._filled(volume, batches(places))) as filled:
            for batch, short in filled:
                lacking += [failure for failure in short if failure is not None]
                for place in batch:
                    control.check()
                    if arrived is not None:
                        arrived(volume, place.frame, place.z)
        if len(lacking) == len(places):
            raise lacking[0]
        facts = self.facts()
        known = tuple(doubt for doubt in facts.doubts if not lacking or doubt.kind != "truncated")
        doubts = known + _truncation(lacking, len(places)) + voxel_doubts(volume.array)
        return replace(volume, facts=replace(facts, doubts=doubts))

    @cached_property
    def _coloured(self) -> bool:
        return any(is_coloured(picture.file.encoding) for frame in self._grid for picture in frame)

    @cached_property
    def _dtype(self) -> np.dtype[np.generic]:
        return np.dtype(self.header.dtype)

    def _table(self, picture: Slice) -> ModalityTable | None:
        with read_errors(picture.file.path):
            return modality_table(picture)

    def _order(self, first: tuple[int, int]) -> list[tuple[int, int]]:
        """All (frame, z), beginning with `first`: its frame outwards, then the frames beside it."""
        frames, planes = len(self._grid), len(self._grid[0])
        return [(frame, z) for frame in outwards(frames, first[0]) for z in outwards(planes, first[1])]

    def _first_there(self, places: Sequence[Place]) -> None:
        """Raise what is wrong with the first picture where no file is long enough for any of its own."""
        failures = []
        for _, _, picture in places:
            with read_errors(picture.file.path):
                if not is_raw(picture.file.encoding):
                    return
                try:
                    needed(picture.file, picture.index)
                except Truncated as failure:
                    failures.append(failure)
                else:
                    return
        raise failures[0]

    def _empty(self) -> Volume:
        shape = (len(self._grid), len(self._grid[0]), *self._grid[0][0].shape)
        if math.prod(shape) > _MOST_VOXELS:
            hint = "Take it apart with another program."
            raise ReadError("the scan has more voxels than can be handled", path=self.header.path, hint=hint)
        with read_errors(self.header.path):
            array = np.zeros(shape, self._dtype)
            colour = np.zeros((*shape, 3), np.uint8) if self._coloured else None
        return Volume(array, self.header.affine, self.frame_axis(), self.facts(), colour)

    def _filled(self, volume: Volume, work: Sequence[Batch]) -> Generator[tuple[Batch, list[Truncated | None]]]:
        def one(batch: Batch) -> list[Truncated | None]:
            colour = volume.colour
            return fill(
                [place.picture for place in batch],
                [volume.array[place.frame, place.z] for place in batch],
                None if colour is None else [colour[place.frame, place.z] for place in batch],
                self._table(batch[0].picture),
            )

        begun = time.perf_counter()
        lacking = one(work[0])
        slow = time.perf_counter() - begun > _SLOW_SECONDS
        yield work[0], lacking
        yield from in_order(one, work[1:], self._threads(len(work) - 1, slow=slow))

    def _threads(self, batches: int, *, slow: bool) -> int:
        """How many files to have in work; bare ones that come quickly are quickest one by one."""
        if batches < _FEW:
            return 1
        if is_raw(self._grid[0][0].file.encoding):
            return _AT_ONCE if slow else 1
        return PROCESSES


def _truncation(lacking: Sequence[Truncated], planes: int) -> tuple[Doubt, ...]:
    if not lacking:
        return ()
    text = f"{len(lacking)} of {planes} slices are cut short in the file, and left empty: {lacking[0].what}"
    return (Doubt("truncated", text, "fail"),)
