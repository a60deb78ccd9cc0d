"""Shapes as fractions of a voxel: 1 inside, 0 outside, a ramp of one `edge` between. All lengths in mm."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

Field = NDArray[np.floating[Any]]


def soft(distance: Field, edge: float) -> Field:
    """The fraction inside, from the signed distance to the border (negative inside)."""
    return np.asarray(np.clip(0.5 - distance / edge, 0, 1), np.float32)


def ellipse(across: Field, along: Field, radii: tuple[float, float], edge: float) -> Field:
    """An ellipse around the origin."""
    reach = np.sqrt((across / radii[0]) ** 2 + (along / radii[1]) ** 2)
    return soft((reach - 1) * min(radii), edge)


def rounded_box(across: Field, along: Field, half: tuple[float, float], corner: float, edge: float) -> Field:
    """A box around the origin with rounded corners."""
    beyond_across = np.abs(across) - (half[0] - corner)
    beyond_along = np.abs(along) - (half[1] - corner)
    outside = np.hypot(np.maximum(beyond_across, 0), np.maximum(beyond_along, 0))
    inside = np.minimum(np.maximum(beyond_across, beyond_along), 0)
    return soft(outside + inside - corner, edge)


def between(value: Field, low: float | Field, high: float | Field, edge: float) -> Field:
    """The band from `low` to `high`."""
    return soft(np.maximum(low - value, value - high), edge)


def cloud(rng: np.random.Generator, shape: tuple[int, ...], grain: float, pixel: float) -> Field:
    """A smooth random field, slice by slice: mean 0, deviation 1 where its grain is larger than a pixel."""
    sigma = grain / pixel
    field = gaussian_filter(rng.standard_normal(shape), (0, sigma, sigma), mode="wrap")
    strength = max(float(field.std()), 1e-6)
    return (field / strength * min(1.0, 2 * sigma)).astype(np.float32)
