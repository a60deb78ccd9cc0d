"""How one scan on the screen follows another: to the same place, at the same scale."""

from dataclasses import dataclass, replace

import numpy as np

from desktop.viewer.memory import centre_of
from engine.imaging.volume import Volume
from engine.pictures.camera import FARTHEST, NEAREST, Camera, Placement
from engine.pictures.doubt import unsure_of
from engine.pictures.plane import World
from engine.pictures.viewing import Viewing

NOWHERE: World = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class OnScreen:
    """A picture where it lies on the screen, in an area of width and height."""

    viewing: Viewing
    placement: Placement
    area: tuple[int, int]


def offset_to(leader: Volume, follower: Volume, *, same_patient: bool) -> World | None:
    """What a position moves by from one volume to the other; None where it means nothing there.

    It is the same within a patient, unless the files say that the two lie in different spaces; between two patients
    their volumes' centres are laid on each other.
    """
    if same_patient and leader.facts.elsewhere(follower.facts):
        return None
    if _same_grid(leader, follower):
        return NOWHERE
    if any(unsure_of(volume).sides for volume in (leader, follower)):
        return None
    if same_patient:
        return NOWHERE
    centres = (np.array(centre_of(volume.shape_xyz, volume.affine)) for volume in (leader, follower))
    ours, theirs = centres
    return added(NOWHERE, theirs - ours)


def added(world: World, offset: World | np.ndarray) -> World:
    """A position moved by an offset."""
    x, y, z = np.add(world, offset)
    return (float(x), float(y), float(z))


def camera_like(leader: OnScreen, follower: OnScreen, offset: World) -> Camera:
    """The follower's camera that shows as many pixels per mm as the leader has, about the same position.

    Its own where the pictures are not turned alike.
    """
    ours, theirs = leader.viewing, follower.viewing
    if ours.plane.letters != theirs.plane.letters:
        return theirs.camera
    width, height = theirs.size_mm
    whole = min(max(1, follower.area[0]) / width, max(1, follower.area[1]) / height)
    scale = leader.placement.px_per_mm(ours.plane.pixel_mm)
    middle = leader.placement.to_picture(leader.area[0] / 2, leader.area[1] / 2)
    column, row, _ = theirs.plane.of_world(added(ours.plane.to_world(*middle, ours.index), offset))
    across, down = theirs.plane.pixel_mm
    right, below = column * across - width / 2, row * down - height / 2
    zoom = min(max(scale / whole, FARTHEST), NEAREST)
    return Camera(zoom, _within(right, width / 2), _within(below, height / 2))


def frame_like(leader: Viewing, volume: Volume) -> int:
    """The frame of another scan that is like the one looked at: of the nearest value, or else of the same number."""
    ours, theirs = leader.volume.frame_axis.values, volume.frame_axis.values
    if not ours or not theirs:
        return min(leader.frame, volume.frames - 1)
    return int(np.argmin(np.abs(np.subtract(theirs, ours[leader.frame]))))


def following(viewing: Viewing, leader: Viewing, *, same_scan: bool, same_role: bool) -> Viewing:
    """The window of another look at the same scan; the frame of a scan of the same role."""
    if same_scan:
        return viewing if viewing.window == leader.window else replace(viewing, window=leader.window)
    frame = frame_like(leader, viewing.volume) if same_role else viewing.frame
    return viewing if frame == viewing.frame else viewing.at_frame(frame)


def _same_grid(one: Volume, other: Volume) -> bool:
    return one.shape_xyz == other.shape_xyz and np.array_equal(one.affine, other.affine)


def _within(value: float, limit: float) -> float:
    return min(max(value, -limit), limit)
