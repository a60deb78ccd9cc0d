"""The signal of one voxel along the frames."""

from dataclasses import dataclass

from desktop.viewer.plane import Voxel
from desktop.viewer.wording import axis_title, in_unit
from engine.imaging.volume import Volume


@dataclass(frozen=True)
class Curve:
    """One value per frame, over what runs along the frames; `title` names that with its unit."""

    title: str
    positions: tuple[float, ...]
    values: tuple[float, ...]


def curve_at(volume: Volume, voxel: Voxel) -> Curve:
    """The curve of a voxel (x, y, z), over the frames' numbers where they have no values."""
    x, y, z = voxel
    values = tuple(float(value) for value in volume.array[:, z, y, x])
    axis = volume.frame_axis
    numbers = tuple(float(n) for n in range(1, volume.frames + 1))
    positions = tuple(in_unit(value, axis) for value in axis.values) or numbers
    return Curve(axis_title(axis), positions, values)
