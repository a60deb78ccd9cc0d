"""What the viewer keeps from one patient to the next, per role: window, plane, position and frame."""

from dataclasses import dataclass, replace

from desktop.viewer.loading import Loaded
from desktop.viewer.plane import World
from desktop.viewer.planes import planes_of
from desktop.viewer.viewing import Viewing
from desktop.viewer.windowing import Window


@dataclass(frozen=True)
class Kept:
    """How a scan of some role was last looked at. `value` is the frame's in ms, if it had one."""

    window: Window
    plane: str
    world: World
    frame: int
    value: float | None


class ViewMemory:
    """How each role was last looked at."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def keep(self, role: str, viewing: Viewing) -> None:
        """Remember how a scan of this role is looked at now."""
        values = viewing.volume.frame_axis.values
        value = values[viewing.frame] if values else None
        self._kept[role] = Kept(viewing.window, viewing.plane.name, viewing.world, viewing.frame, value)

    def first_look(self, role: str, loaded: Loaded) -> Viewing:
        """A new scan looked at as the last of its role was, as far as it can be; the first at its brightest frame."""
        viewing = Viewing.of(loaded.volume, loaded.auto)
        kept = self._kept.get(role)
        if kept is None:
            return viewing.at_frame(loaded.brightest)
        if kept.window.suits(loaded.auto):
            viewing = replace(viewing, window=kept.window)
        for plane in planes_of(loaded.volume):
            if plane.name == kept.plane:
                viewing = viewing.in_plane(plane)
        viewing = viewing.near(kept.world).at_frame(kept.frame)
        return viewing if kept.value is None else viewing.at_value(kept.value)
