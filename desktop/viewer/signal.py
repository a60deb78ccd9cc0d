"""The signal of one voxel along the frames, and the relaxation time it tells."""

from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from engine.imaging.volume import FrameAxis
from engine.pictures.plane import Voxel
from engine.pictures.viewing import Viewing
from engine.pictures.wording import axis_title, in_unit

FINE = 64


@dataclass(frozen=True)
class Fit:
    """A fitted course as a fine line, and in words: "T2 80.2 ms, R2 12.5 1/s, R² 0.99", or why there is none."""

    told: str
    positions: tuple[float, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Curve:
    """One value per frame, over what runs along the frames; `title` names that with its unit."""

    title: str
    positions: tuple[float, ...]
    values: tuple[float, ...]
    fit: Fit | None = None


def curve_at(viewing: Viewing, voxel: Voxel) -> Curve:
    """The curve of a voxel (x, y, z), over the frames' numbers where they have no values; nan where none is there."""
    volume = viewing.volume
    known = (viewing.value(voxel, frame) for frame in range(volume.frames))
    values = tuple(nan if isnan(value) else value for value in known)
    axis = volume.frame_axis
    numbers = tuple(float(n) for n in range(1, volume.frames + 1))
    positions = tuple(in_unit(value, axis) for value in axis.values) or numbers
    return Curve(axis_title(axis), positions, values, fit_of(axis, values))


def fit_of(axis: FrameAxis, values: tuple[float, ...]) -> Fit | None:
    """What the course tells of T1 or T2; None where frames are of another kind, or some are not there yet."""
    from engine.maps import MODELS, fit_curve

    if axis.kind not in MODELS or not axis.values or any(isnan(value) for value in values):
        return None
    found = fit_curve(axis.kind, axis.values, values)
    if found.model is None or found.reason:
        return Fit(f"No fit: {found.reason}")
    times = np.linspace(min(axis.values), max(axis.values), FINE)
    told = (
        f"{found.model.name} {found.time:.4g} ms, {found.model.rate_name} {found.rate:.3g} 1/s, R² {found.goodness:.3f}"
    )
    return Fit(told, tuple(in_unit(float(time), axis) for time in times), tuple(map(float, found.curve(times))))
