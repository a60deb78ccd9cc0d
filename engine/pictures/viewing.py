"""What one view shows, as plain data: the widget mirrors it, and linked views will share parts of it."""

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.camera import Camera
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.layer import Layer
from engine.pictures.plane import Plane, Voxel, World
from engine.pictures.planes import acquired_plane
from engine.pictures.presence import Presence
from engine.pictures.window import Window

Z = 2
Colour = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Viewing:
    """One slice of one frame of a volume, through a window. `marked` is the chosen voxel.

    `cross` is the RAS+ position that all planes of a scan go through; None while only one of them is looked at.
    `presence` knows which slices are there while the volume is being read; None says that all are. `layers` lie over
    it, the last on top.
    """

    volume: Volume
    plane: Plane
    window: Window
    index: int = 0
    frame: int = 0
    camera: Camera = field(default_factory=Camera)
    marked: Voxel | None = None
    presence: Presence | None = None
    cross: World | None = None
    layers: tuple[Layer, ...] = ()

    @classmethod
    def of(cls, volume: Volume, window: Window, presence: Presence | None = None, hanging: Hanging = AS_USUAL) -> Self:
        """The first look: the acquired plane, its middle slice, the first frame."""
        plane = acquired_plane(volume, hanging)
        return cls(volume, plane, window, plane.count // 2, presence=presence)

    def picture(self) -> Array:
        """The values of the slice as rows and columns of the screen: a view of the volume, if all of them are there.

        What is `missing` repeats what lies nearest, or is 0 where nothing of the slice is there.
        """
        fetched = self._fetched(self.index) if self._stored else None
        if fetched is not None:
            return self.plane.picture(fetched[np.newaxis], 0)
        return self._of_what_is_there(self.volume.array)

    def colours(self) -> Array | None:
        """Red, green and blue of the slice (rows, columns, 3) where the volume has colour."""
        if self.volume.colour is None:
            return None
        return np.stack([self._of_what_is_there(self.volume.colour[..., part]) for part in range(3)], axis=-1)

    def missing(self) -> Array | None:
        """What of `picture` is not there, true or false by rows, by columns or for all of it; None if all is there."""
        if self.presence is None:
            return None
        if self.plane.resliced:
            return np.ones((1, 1), np.bool_)
        if self._stored:
            return None if self.presence.has((self.frame, self.index)) else np.ones((1, 1), np.bool_)
        missing = ~self.presence.along(self.frame)
        grid = np.broadcast_to(missing[:, np.newaxis, np.newaxis], (missing.size, 1, 1))
        return self.plane.picture(grid, 0) if missing.any() else None

    def state(self) -> bytes:
        """Changes whenever more of the slice has come."""
        if self.presence is None or self.plane.resliced:
            return b""
        along = self.presence.along(self.frame)
        return bytes([self.presence.has((self.frame, self.index))]) if self._stored else along.tobytes()

    def has(self, voxel: Voxel, frame: int | None = None) -> bool:
        """Whether a voxel's value is known already."""
        frame = self.frame if frame is None else frame
        return self.presence is None or self.presence.has((frame, voxel[Z]))

    def value(self, voxel: Voxel, frame: int | None = None) -> float:
        """The value of a voxel; not a number while it is not there."""
        x, y, z = voxel
        frame = self.frame if frame is None else frame
        if not self.has(voxel, frame):
            return float("nan")
        fetched = None if self.presence is None else self.presence.fetched((frame, z))
        return float(self.volume.array[frame, z, y, x] if fetched is None else fetched[y, x])

    def colour(self, voxel: Voxel) -> Colour | None:
        """Red, green and blue of a voxel that is there, where the volume has colour."""
        if self.volume.colour is None or not self.has(voxel):
            return None
        x, y, z = voxel
        red, green, blue = (int(part) for part in self.volume.colour[self.frame, z, y, x])
        return (red, green, blue)

    @property
    def wanting(self) -> tuple[int, int] | None:
        """The slice (frame, z) that is on the screen and not there yet, where it is one as stored."""
        place = (self.frame, self.index)
        return place if self._stored and self.presence is not None and not self.presence.has(place) else None

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the picture."""
        across, down = self.plane.pixel_mm
        return (self.plane.columns * across, self.plane.rows * down)

    def at_slice(self, index: int) -> Self:
        """Another slice, the nearest there is; it takes the crosshair along."""
        index = min(max(index, 0), self.plane.count - 1)
        if self.cross is None or index == self.index:
            return replace(self, index=index)
        column, row, _ = self.plane.of_world(self.cross)
        return replace(self, index=index, cross=self.plane.to_world(column, row, index))

    def at_frame(self, frame: int) -> Self:
        """Another frame; the nearest there is."""
        return replace(self, frame=min(max(frame, 0), self.volume.frames - 1))

    def marking(self, voxel: Voxel) -> Self:
        """The voxel chosen, and the slice it lies in shown."""
        return replace(self, marked=voxel).through(self.plane.world(voxel))

    def pointing(self, column: float, row: float) -> Self:
        """A point of the picture chosen, exactly there, and the voxel it lies in; itself beside the picture."""
        voxel = self.plane.voxel_at(column, row, self.index)
        if voxel is None:
            return self
        return replace(self, marked=voxel, cross=self.plane.to_world(column, row, self.index))

    def in_plane(self, plane: Plane) -> Self:
        """Another plane, through the chosen position or else the middle of the slice."""
        if plane.hung_like(self.plane):
            return self
        return replace(self, plane=plane, index=plane.index_nearest(self.position), camera=Camera())

    def near(self, world: World) -> Self:
        """The slice a RAS+ position lies in; unchanged where that is outside."""
        index = self.plane.index_near(world)
        return self if index is None else replace(self, index=index)

    def through(self, world: World) -> Self:
        """The slice a RAS+ position lies in with the crosshair there; unchanged where that is outside."""
        index = self.plane.index_near(world)
        return self if index is None else replace(self, index=index, cross=world)

    @property
    def world(self) -> World:
        """The RAS+ position of the middle of the slice."""
        return self.plane.middle(self.index)

    @property
    def position(self) -> World:
        """The RAS+ position that is looked at: the crosshair, or the middle of the slice."""
        return self.world if self.cross is None else self.cross

    @property
    def _stored(self) -> bool:
        """Whether the slices of the plane are those that a file holds."""
        return self.plane.through == Z and not self.plane.resliced

    def _fetched(self, z: int) -> Array | None:
        return None if self.presence is None else self.presence.fetched((self.frame, z))

    def _of_what_is_there(self, array: Array) -> Array:
        """The slice of (frames, z, y, x); what is not there is never looked at, for it may be anything."""
        picture = self.plane.picture(array[self.frame], self.index)
        missing = self.missing()
        if missing is None:
            return picture
        if missing.all():
            return np.zeros_like(picture)
        axis = int(missing.shape[0] == 1)
        return np.asarray(np.take(picture, _nearest(missing.ravel()), axis))


def _nearest(missing: Array) -> Array:
    """Of each place the nearest that is not missing, so that what is blended with a gap stays as it is."""
    there = np.flatnonzero(~missing)
    places = np.arange(missing.size)
    after = np.searchsorted(there, places).clip(max=there.size - 1)
    before = (after - 1).clip(min=0)
    nearest: Array = np.where(there[after] - places <= places - there[before], there[after], there[before])
    return nearest
