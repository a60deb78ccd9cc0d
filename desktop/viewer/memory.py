"""What the viewer keeps from one patient to the next, per role: window, plane, position and frame."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from desktop.viewer.plane import World
from desktop.viewer.planes import planes_of
from desktop.viewer.presence import Presence
from desktop.viewer.scan_values import Loaded
from desktop.viewer.viewing import Viewing
from desktop.viewer.windowing import Window
from engine.imaging.header import ScanHeader


@dataclass(frozen=True)
class Kept:
    """How a scan of some role was last looked at. `value` is the frame's in ms, if it had one."""

    window: Window
    plane: str
    world: World
    frame: int
    value: float | None

    def frame_in(self, values: Sequence[float], frames: int) -> int:
        """The frame of another scan that is like this one: of the nearest value, or else of the same number."""
        if self.value is None or not values:
            return min(self.frame, frames - 1)
        wanted = self.value
        return min(range(len(values)), key=lambda i: abs(values[i] - wanted))

    def slice_in(self, header: ScanHeader) -> int | None:
        """The slice z of another scan that lies at the same place, which may be outside of it."""
        offset = np.linalg.pinv(header.affine[:3, :3]) @ (np.asarray(self.world) - header.affine[:3, 3])
        return round(float(offset[2])) if np.isfinite(offset[2]) else None


class ViewMemory:
    """How each role was last looked at."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def keep(self, role: str, viewing: Viewing) -> None:
        """Remember how a scan of this role is looked at now."""
        values = viewing.volume.frame_axis.values
        value = values[viewing.frame] if values else None
        self._kept[role] = Kept(viewing.window, viewing.plane.name, viewing.world, viewing.frame, value)

    def of(self, role: str) -> Kept | None:
        """How a scan of this role was last looked at, if one was."""
        return self._kept.get(role)

    def first_look(self, role: str, loaded: Loaded, presence: Presence | None = None) -> Viewing:
        """A new scan looked at as the last of its role was, as far as it can be; the first at its brightest frame."""
        viewing = Viewing.of(loaded.volume, loaded.auto, presence)
        kept = self._kept.get(role)
        if kept is None:
            return viewing.at_frame(loaded.brightest)
        if kept.window.suits(loaded.auto):
            viewing = replace(viewing, window=kept.window)
        for plane in planes_of(loaded.volume):
            if plane.name == kept.plane:
                viewing = viewing.in_plane(plane)
        return viewing.near(kept.world).at_frame(kept.frame_in(loaded.volume.frame_axis.values, loaded.volume.frames))
