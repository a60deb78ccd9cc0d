"""What the viewer keeps from one patient to the next, per role: window, plane, position and frame."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

import numpy as np

from desktop.viewer.scan_values import Loaded
from engine.cohort.cohort import Scan
from engine.imaging.header import ScanHeader
from engine.imaging.volume import Affine
from engine.pictures.camera import Camera
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.plane import World, placed
from engine.pictures.planes import planes_of
from engine.pictures.presence import Presence
from engine.pictures.turning import Turn, turn_of
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window


@dataclass(frozen=True)
class Kept:
    """How a scan of some role was last looked at: at `world`, in a volume with its middle at `centre`.

    `value` is the frame's in ms, if it had one, `cameras` the zoom of each plane by name, `preset` the name of the
    window where it has one, `turn` how a single picture was turned. `elsewhere` says that the scan in question is of
    another patient, whose positions count from the middle of his own volume.
    """

    window: Window
    plane: str
    world: World
    centre: World
    frame: int
    value: float | None
    patient: str = ""
    cameras: Mapping[str, Camera] = field(default_factory=dict)
    preset: str = ""
    turn: Turn | None = None
    elsewhere: bool = False

    def window_for(self, loaded: Loaded) -> Window:
        """The window of another scan: its own of the same name, or else the same numbers if they suit it."""
        own = loaded.named(self.preset)
        if own is None:
            own = self.window if self.window.suits(loaded.auto) else loaded.auto
        return replace(own, inverted=self.window.inverted)

    def frame_in(self, values: Sequence[float], frames: int) -> int:
        """The frame of another scan that is like this one: of the nearest value, or else of the same number."""
        if self.value is None or not values:
            return min(self.frame, frames - 1)
        wanted = self.value
        return min(range(len(values)), key=lambda i: abs(values[i] - wanted))

    def slice_in(self, header: ScanHeader) -> int | None:
        """The slice z of another scan that lies at the same place, which may be outside of it."""
        world = self.world_in(header.shape, header.affine)
        offset = np.linalg.pinv(header.affine[:3, :3]) @ (np.asarray(world) - header.affine[:3, 3])
        return round(float(offset[2])) if np.isfinite(offset[2]) else None

    def world_in(self, shape: tuple[int, int, int], affine: Affine) -> World:
        """The position in another scan: the same, or of another patient as far from the middle."""
        if not self.elsewhere:
            return self.world
        x, y, z = np.add(centre_of(shape, affine), np.subtract(self.world, self.centre))
        return (float(x), float(y), float(z))


class ViewMemory:
    """How each role was last looked at; `role_of` says which that is for a scan."""

    def __init__(self) -> None:
        self.role_of: Callable[[Scan], str] = attrgetter("role")
        self._kept: dict[str, Kept] = {}

    def keep(
        self,
        role: str,
        viewing: Viewing,
        patient: str = "",
        cameras: Mapping[str, Camera] | None = None,
        preset: str = "",
        hanging: Hanging = AS_USUAL,
    ) -> None:
        """Remember how a scan of this role is looked at now; `preset` names its window."""
        volume = viewing.volume
        values = volume.frame_axis.values
        value = values[viewing.frame] if values else None
        centre = centre_of(volume.shape_xyz, volume.affine)
        zoomed = cameras or {viewing.plane.name: viewing.camera}
        seen = (viewing.window, viewing.plane.name, viewing.position, centre, viewing.frame, value)
        self._kept[role] = Kept(*seen, patient, zoomed, preset, turn_of(viewing, hanging))

    def of(self, role: str, patient: str = "") -> Kept | None:
        """How a scan of this role was last looked at, if one was, for one of this patient."""
        kept = self._kept.get(role)
        return None if kept is None else replace(kept, elsewhere=kept.patient != patient)

    def first_look(
        self,
        role: str,
        loaded: Loaded,
        presence: Presence | None = None,
        patient: str = "",
        hanging: Hanging = AS_USUAL,
    ) -> Viewing:
        """A new scan looked at as the last of its role was, as far as it can be; the first at its brightest frame."""
        volume = loaded.volume
        viewing = Viewing.of(volume, loaded.auto, presence, hanging)
        kept = self.of(role, patient)
        if kept is None:
            return viewing.at_frame(loaded.brightest)
        viewing = replace(viewing, window=kept.window_for(loaded))
        for plane in planes_of(volume, hanging):
            if plane.name == kept.plane:
                viewing = viewing.in_plane(plane)
        if kept.turn is not None and not kept.elsewhere and viewing.plane.count == 1:
            viewing = replace(viewing, plane=kept.turn.of(viewing.plane))
        world = kept.world_in(volume.shape_xyz, volume.affine)
        return viewing.through(world).at_frame(kept.frame_in(volume.frame_axis.values, volume.frames))


def centre_of(shape: tuple[int, int, int], affine: Affine) -> World:
    """The RAS+ position of the middle of a grid."""
    x, y, z = shape
    return placed(affine, ((x - 1) / 2, (y - 1) / 2, (z - 1) / 2))
