"""Curves as they are fitted: float32, each brought to a size at which no square overflows or vanishes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import Array
from engine.maps.model import MOST_BELOW_ZERO, Real

_MOST_EXPONENT = 126


def curves_of(part: Array) -> Real:
    """The curves (frames, voxels) of a part of a scan (frames, ...)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return part.reshape(len(part), -1).astype(np.float32)


def usable(curves: Real, least: float) -> NDArray[np.bool_]:
    """Which curves are finite, have a frame above `least`, and are not negative."""
    with np.errstate(over="ignore", invalid="ignore"):
        strength = curves.max(axis=0)
        chosen = (strength > np.float64(least)) & (curves.min(axis=0) >= -MOST_BELOW_ZERO * strength)
        return np.asarray(chosen & np.isfinite(curves.sum(axis=0)))


def scaled(curves: Real) -> tuple[Real, NDArray[Any]]:
    """Curves at most 1, and what each was divided by: a power of two, so that no digit changes."""
    _, exponent = np.frexp(curves.max(axis=0))
    exponent = np.clip(exponent, -_MOST_EXPONENT, _MOST_EXPONENT)
    return curves * np.ldexp(np.float32(1), -exponent), np.ldexp(np.float32(1), exponent)
