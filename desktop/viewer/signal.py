"""The signal of one voxel along the frames."""

from dataclasses import dataclass
from math import isnan, nan

from desktop.viewer.plane import Voxel
from desktop.viewer.viewing import Viewing
from desktop.viewer.wording import axis_title, in_unit


@dataclass(frozen=True)
class Curve:
    """One value per frame, over what runs along the frames; `title` names that with its unit."""

    title: str
    positions: tuple[float, ...]
    values: tuple[float, ...]


def curve_at(viewing: Viewing, voxel: Voxel) -> Curve:
    """The curve of a voxel (x, y, z), over the frames' numbers where they have no values; nan where none is there."""
    volume = viewing.volume
    known = (viewing.value(voxel, frame) for frame in range(volume.frames))
    values = tuple(nan if isnan(value) else value for value in known)
    axis = volume.frame_axis
    numbers = tuple(float(n) for n in range(1, volume.frames + 1))
    positions = tuple(in_unit(value, axis) for value in axis.values) or numbers
    return Curve(axis_title(axis), positions, values)
