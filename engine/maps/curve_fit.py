"""The relaxation time of one curve: a voxel's, or the mean of a region."""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.imaging.volume import FrameKind
from engine.maps.fitting import Fitted, fit, limits
from engine.maps.model import FEWEST_TIMES, MODELS, MOST_BELOW_ZERO, Numbers, RelaxationModel, refusal

_MORE_STEPS = 20
_NO_CHANGE = 1e-9


@dataclass(frozen=True)
class CurveFit:
    """What a curve tells: `time` is T1 or T2 in ms, `goodness` is R²; all nan where `reason` says why there is no fit.

    `model` is None where the frames are of no kind that tells a relaxation time.
    """

    model: RelaxationModel | None
    time: float = nan
    m0: float = nan
    goodness: float = nan
    offset: float = 0.0
    reason: str = ""

    @property
    def rate(self) -> float:
        """R1 or R2 in 1/s."""
        return 1000 / self.time

    def curve(self, times_ms: ArrayLike) -> NDArray[np.float64]:
        """The fitted signal at any times in ms; nan where there is no fit."""
        times = np.asarray(times_ms, np.float64)
        if self.model is None or self.reason:
            return np.full(times.shape, nan)
        shape = np.asarray(self.m0 * self.model.shape(np.exp(-times / self.time)), np.float64)
        return np.abs(shape) if self.model.magnitude else shape + self.offset


def fit_curve(kind: FrameKind, times_ms: Numbers, values: Numbers, *, offset: bool = False) -> CurveFit:
    """Fit the model that belongs to the kind of frames; values that are not finite are left out.

    `offset` adds a constant to the decay over echo times, where noise or a second tissue does not decay.
    """
    model = MODELS.get(kind)
    if reason := refusal(kind, times_ms, len(values)):
        return CurveFit(model, reason=reason)
    model = MODELS[kind]
    times, signal = np.asarray(times_ms, np.float64), np.asarray(values, np.float64)
    known = np.isfinite(signal)
    times, signal = times[known], signal[known]
    scale = float(np.abs(signal).max(initial=0)) or 1.0
    signal = signal / scale
    offset = offset and kind == "echo time"
    if reason := _not_fit(times, signal, FEWEST_TIMES + offset):
        return CurveFit(model, reason=reason)
    found = fit(model, times, signal[:, None], offset=offset, more_steps=_MORE_STEPS)
    if reason := _failed(model, found, times):
        return CurveFit(model, reason=reason)
    rate, m0, constant, goodness = (
        float(one[0]) for one in (found.rate, found.amplitude, found.constant, found.goodness)
    )
    return CurveFit(model, 1 / rate, m0 * scale, goodness, constant * scale)


def _not_fit(times: NDArray[np.float64], signal: NDArray[np.float64], fewest: int) -> str:
    if len(np.unique(times)) < fewest:
        return f"there are fewer than {fewest} points"
    if signal.min() < -MOST_BELOW_ZERO * max(signal.max(), 0.0):
        return "values are negative"
    if np.ptp(signal) <= _NO_CHANGE * signal.max():
        return "the values are constant"
    return ""


def _failed(model: RelaxationModel, found: Fitted, times: NDArray[np.float64]) -> str:
    shortest, longest = limits(times)
    if not found.goodness[0] > 0 or not found.amplitude[0] > 0:
        return f"the values do not {'recover' if model.rises else 'decay'}"
    if found.inside[0]:
        return ""
    if found.rate[0] * longest <= 1:
        return f"{model.name} is too long for these times: above {longest:.3g} ms"
    return f"{model.name} is too short for these times: below {shortest:.3g} ms"
