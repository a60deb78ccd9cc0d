"""How strong the noise of a scan is, told by how far its voxels lie off their own fitted curves."""

import numpy as np

from engine.imaging.volume import Array
from engine.maps.fitting import fit
from engine.maps.model import Real, RelaxationModel
from engine.maps.signals import curves_of, scaled, usable

_SAMPLES_ALONG_AN_AXIS = 48
_WEAK = 6.0
_OF_BACKGROUND = (4 - np.pi) / 2  # variance of a magnitude without signal, in units of that of its noise
_ABOVE_NOISE = 4.0  # one frame of noise alone in 3000 lies above


def sampled(array: Array) -> Real:
    """The curves (frames, voxels), float32, of voxels in even steps over a scan (frames, z, y, x)."""
    steps = (slice(None, None, -(-length // _SAMPLES_ALONG_AN_AXIS)) for length in array.shape[1:])
    curves = curves_of(array[(slice(None), *steps)])
    return np.asarray(curves[:, usable(curves, 0.0)])


def noise_of(model: RelaxationModel, times: Real, curves: Real) -> float:
    """The standard deviation of the noise; 0 where there are no curves, or no noise."""
    free = len(times) - 2
    if not curves.size or free < 1:
        return 0.0
    signal, scale = scaled(curves)
    residual = fit(model, times, signal).residual * scale.astype(np.float64) ** 2
    first = _deviation(residual, free)
    weak = curves.max(axis=0) < np.float64(_WEAK * first)
    return _deviation(np.where(weak, residual / _OF_BACKGROUND, residual), free)


def threshold(noise: float) -> float:
    """What the strongest frame of a voxel has to exceed for it to hold more than noise."""
    return _ABOVE_NOISE * noise


def _deviation(residual: Real, free: int) -> float:
    """From the median sum of squares, which a minority of ill-fitting voxels does not move."""
    median_of_chi_square = free * (1 - 2 / (9 * free)) ** 3
    known = residual[np.isfinite(residual)]
    return float(np.sqrt(np.median(known) / median_of_chi_square)) if known.size else 0.0
