"""A scan on its way: the loading thread puts in what has come, the window looks at it when it paints."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.viewer.memory import Kept
from desktop.viewer.scan_values import Loaded, of_slice
from engine.control import Control
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.source import ScanSource
from engine.imaging.volume import Volume
from engine.pictures.plane import Voxel
from engine.pictures.presence import Presence, Slice


@dataclass(frozen=True)
class Wish:
    """Where to look first: at a voxel and frame, where someone pointed to them."""

    voxel: Voxel | None = None
    frame: int | None = None


@dataclass(frozen=True)
class Request:
    """A scan that is to be shown, by what is `wished` or else as its like was last `kept`."""

    source: ScanSource
    wished: Wish = Wish()
    kept: Kept | None = None

    def first(self, header: ScanHeader) -> Slice:
        """The slice (frame, z) to be read first."""
        frames, slices = header.frames, header.shape[2]
        frame, z = 0, slices // 2
        if self.kept is not None:
            frame = self.kept.frame_in(header.frame_values, frames)
            z = _within(self.kept.slice_in(header), slices, z)
        voxel = self.wished.voxel
        if voxel is not None:
            z = _within(voxel[2], slices, z)
        return (_within(self.wished.frame, frames, frame), z)


@dataclass(frozen=True, eq=False)
class Begun:
    """What can be shown while the rest is coming: `loaded` knows the values of one slice only.

    `in_turn` says that slices come as the reader likes, so that asking for one is no quicker than to wait.
    """

    opened: OpenedScan
    loaded: Loaded
    presence: Presence
    in_turn: bool


class Incoming:
    """`begun` stays None until the slice wished for first has come. Written by one thread, read by another."""

    def __init__(self, control: Control, abandoned: Callable[[], bool]) -> None:
        self.begun: Begun | None = None
        self.share = 0.0
        self._control, self._abandoned = control, abandoned
        self._presence: Presence | None = None
        self._came = 0

    def take(self, opened: OpenedScan, first: Slice, volume: Volume, place: Slice, whole: bool) -> None:
        """A slice has come into the volume; all of them with it, where it is `whole`."""
        if self._abandoned():
            self._control.cancel()
        if self._presence is None:
            self._presence = Presence(volume.frames, volume.array.shape[1])
        if whole:
            self._presence.came_all()
        self._presence.came(place)
        self._came += 1
        self.share = self._came / (volume.frames * volume.array.shape[1])
        if self.begun is None and (whole or place == first):
            self.begun = Begun(opened, of_slice(volume, place), self._presence, in_turn=self._came > 1)


def _within(number: int | None, count: int, otherwise: int) -> int:
    return number if number is not None and 0 <= number < count else otherwise
