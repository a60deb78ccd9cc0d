"""What one view shows, as plain data: the widget mirrors it, and linked views will share parts of it."""

from dataclasses import dataclass, field, replace
from typing import Self

from desktop.viewer.camera import Camera
from desktop.viewer.plane import Plane, Voxel, World
from desktop.viewer.planes import acquired_plane
from desktop.viewer.windowing import Window
from engine.imaging.volume import Array, Volume


@dataclass(frozen=True, eq=False)
class Viewing:
    """One slice of one frame of a volume, through a window. `marked` is the chosen voxel."""

    volume: Volume
    plane: Plane
    window: Window
    index: int = 0
    frame: int = 0
    camera: Camera = field(default_factory=Camera)
    marked: Voxel | None = None

    @classmethod
    def of(cls, volume: Volume, window: Window) -> Self:
        """The first look: the acquired plane, its middle slice, the first frame."""
        plane = acquired_plane(volume)
        return cls(volume, plane, window, plane.count // 2)

    def picture(self) -> Array:
        """The values of the slice as rows and columns of the screen; a view of the volume."""
        return self.plane.picture(self.volume.array[self.frame], self.index)

    def value(self, voxel: Voxel, frame: int | None = None) -> float:
        x, y, z = voxel
        return float(self.volume.array[self.frame if frame is None else frame, z, y, x])

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the picture."""
        across, down = self.plane.pixel_mm
        return (self.plane.columns * across, self.plane.rows * down)

    def at_slice(self, index: int) -> Self:
        """Another slice; the nearest there is."""
        return replace(self, index=min(max(index, 0), self.plane.count - 1))

    def at_frame(self, frame: int) -> Self:
        """Another frame; the nearest there is."""
        return replace(self, frame=min(max(frame, 0), self.volume.frames - 1))

    def marking(self, voxel: Voxel) -> Self:
        """The voxel chosen, and the slice it lies in shown."""
        return replace(self, marked=voxel, index=voxel[self.plane.through])

    def in_plane(self, plane: Plane) -> Self:
        """Another plane, through the marked voxel or else the middle of the slice."""
        if plane.through == self.plane.through:
            return self
        middle = self.marked or tuple(round(c) for c in self.plane.centre(self.index))
        return replace(self, plane=plane, index=middle[plane.through], camera=Camera())

    def near(self, world: World) -> Self:
        """The slice a RAS+ position lies in; unchanged where that is outside."""
        index = self.plane.index_near(world)
        return self if index is None else replace(self, index=index)

    def at_value(self, value: float) -> Self:
        """The frame whose echo, repetition or other time is nearest to `value` ms."""
        values = self.volume.frame_axis.values
        if not values:
            return self
        return replace(self, frame=min(range(len(values)), key=lambda i: abs(values[i] - value)))

    @property
    def world(self) -> World:
        """The RAS+ position of the middle of the slice."""
        return self.plane.world(self.plane.centre(self.index))
