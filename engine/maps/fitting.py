"""Least squares for many voxels at once: the best of a table of times first, then Gauss-Newton steps.

M0 enters linearly, so that it is solved for at each step (variable projection) and only the rate is searched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.maps.model import Real, RelaxationModel

_LONGEST_OF_LAST, _SHORTEST_OF_LAST, _SHORTEST_OF_FIRST = 20.0, 1e-4, 1 / 8
_CANDIDATES, _STEPS = 32, 4
_CANDIDATES_OF_MAGNITUDE, _STEPS_OF_MAGNITUDE = 64, 6  # its curve has a corner, and a minimum on either side
_FARTHEST = 0.7
_PART = 512


@dataclass(frozen=True, eq=False)
class Fitted:
    """One number per voxel: rate in 1/ms, M0, constant, R² (1 - residual / variance) and sum of squared residuals.

    `inside` tells where the time lies within what these frames can tell.
    """

    rate: Real
    amplitude: Real
    constant: Real
    goodness: Real
    residual: Real
    inside: np.ndarray[Any, np.dtype[np.bool_]]


def limits(times: Real) -> tuple[float, float]:
    """The shortest and the longest relaxation time in ms that frames at these times can tell."""
    first, last = float(times[times > 0].min()), float(times.max())
    return max(first * _SHORTEST_OF_FIRST, last * _SHORTEST_OF_LAST), last * _LONGEST_OF_LAST


def fit(model: RelaxationModel, times: Real, signal: Real, *, offset: bool = False, more_steps: int = 0) -> Fitted:
    """Fit `signal` (frames, voxels), in its own precision; `offset` adds a constant to the model."""
    times = times.astype(signal.dtype)
    search = _Search(model, times, signal, offset)
    with np.errstate(all="ignore"):  # what is no number in the end is no fit
        rate = search.nearest()
        for _ in range((_STEPS_OF_MAGNITUDE if model.magnitude else _STEPS) + more_steps):
            rate = search.improved(rate)
        return search.ended(rate)


class _Search:
    """The signals, and the curves of the model beside them."""

    def __init__(self, model: RelaxationModel, times: Real, signal: Real, offset: bool) -> None:
        self._model, self._times, self._offset = model, times[:, None], offset
        self._shortest, self._longest = limits(times)
        self._level = signal.mean(axis=0)
        self._given = signal
        self._signal = signal - self._level if offset else signal

    def nearest(self) -> Real:
        """The rate of the candidate that comes nearest to each voxel."""
        count = _CANDIDATES_OF_MAGNITUDE if self._model.magnitude else _CANDIDATES
        tried = 1 / np.geomspace(self._shortest, self._longest, count)
        rates: Real = tried.astype(self._signal.dtype)
        curves, _ = self._curves(rates)
        if self._model.magnitude:
            curves = np.abs(curves)
        curves = curves / np.sqrt(_product(curves, curves))
        found: Real = rates[np.concatenate([(part.T @ curves).argmax(axis=1) for part in self._parts()])]
        return found

    def _parts(self) -> Iterator[Real]:
        """The voxels in parts for which the matrix product starts no threads of its own: they would cost more."""
        return (self._signal[:, first : first + _PART] for first in range(0, self._signal.shape[1], _PART))

    def improved(self, rate: Real) -> Real:
        """The rate after one step, which goes no farther than by a factor of two."""
        curve, slope = self._curves(rate)
        signal = self._signed(curve)
        power, mixed = _product(curve, curve), _product(curve, slope)
        amplitude = _product(curve, signal) / power
        rise = (_product(slope, signal) - mixed * amplitude) * power
        step = rise / (amplitude * rate * self._model.weight * (mixed * mixed - _product(slope, slope) * power))
        step = np.clip(np.nan_to_num(step, copy=False), -_FARTHEST, _FARTHEST)
        moved: Real = np.clip(rate * np.exp(step), 0.5 / self._longest, 2 / self._shortest)
        return moved

    def ended(self, rate: Real) -> Fitted:
        """The rest of what a rate implies."""
        curve, _ = self._curves(rate)
        signal = self._signed(curve)
        amplitude = _product(curve, signal) / _product(curve, curve)
        signal = signal - amplitude * curve
        residual = _product(signal, signal)
        spread = self._given - self._level
        goodness = 1 - residual / _product(spread, spread)
        inside = (rate * self._longest > 1) & (rate * self._shortest < 1) & (amplitude > 0)
        return Fitted(rate, amplitude, self._constant(rate, amplitude), goodness, residual, inside)

    def _constant(self, rate: Real, amplitude: Real) -> Real:
        if not self._offset:
            return np.zeros_like(amplitude)
        shape: Real = self._model.shape(np.exp(-self._times * rate)).mean(axis=0)
        return np.asarray(self._level - amplitude * shape)

    def _curves(self, rate: Real) -> tuple[Real, Real]:
        """The model at M0 = 1 and t exp(-t / T), its slope but for a factor, both (frames, voxels)."""
        decayed = self._times * -rate
        np.exp(decayed, out=decayed)
        slope, curve = decayed * self._times, self._model.shape(decayed)
        if self._offset:
            slope, curve = slope - slope.mean(axis=0), curve - curve.mean(axis=0)
        return curve, slope

    def _signed(self, curve: Real) -> Real:
        """The signal with the signs that its magnitude has lost."""
        return np.asarray(np.copysign(self._signal, curve)) if self._model.magnitude else self._signal


def _product(one: Real, other: Real) -> Real:
    """The sum of products over the frames."""
    summed: Real = np.einsum("fv,fv->v", one, other)
    return summed
