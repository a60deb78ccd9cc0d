"""Bring grey values to a common scale: within a scan, or by what the training patients show."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from engine.errors import PrepareError
from engine.imaging import Volume
from engine.imaging.volume import Array
from engine.prepare.step import FittedStep, Step, steps
from engine.registry import Info, Options


class NoOptions(Options):
    """Nothing to choose."""


def z_score(volume: Volume, options: NoOptions) -> Volume:
    """Mean 0 and standard deviation 1 over all voxels and frames of the scan."""
    array = np.asarray(volume.array, np.float32)
    spread = float(array.std(dtype=np.float64))
    if not np.isfinite(spread):
        raise PrepareError("it holds values that are not numbers", hint="Exclude the scan, or repair it.")
    if spread <= 1e-6 * max(float(np.abs(array).max()), 1e-30):
        raise PrepareError("all its voxels have one value", hint="Exclude the scan: it shows nothing.")
    return volume.with_array((array - np.float32(array.mean(dtype=np.float64))) / np.float32(spread))


def fit_standardise(arrays: Iterable[Array], options: NoOptions) -> dict[str, Any]:
    """Mean and standard deviation of each frame over all voxels of the training patients."""
    count, total, squares = 0, np.zeros(0), np.zeros(0)
    for array in arrays:
        flat = array.reshape(array.shape[0], -1).astype(np.float64)
        if not count:
            total, squares = np.zeros(len(flat)), np.zeros(len(flat))
        count += flat.shape[1]
        total += flat.sum(axis=1)
        squares += (flat**2).sum(axis=1)
    mean = total / count
    spread = np.sqrt(np.maximum(squares / count - mean**2, 1e-12))
    return {"mean": mean.tolist(), "spread": spread.tolist()}


def apply_standardise(array: Array, state: dict[str, Any]) -> Array:
    """Each frame less the training mean, in training standard deviations."""
    mean = np.asarray(state["mean"], np.float32)[:, None, None, None]
    spread = np.asarray(state["spread"], np.float32)[:, None, None, None]
    return np.asarray((array - mean) / spread)


steps.register(Step(Info("z-score", "Z-score", "Mean 0, standard deviation 1 within each scan."), NoOptions, z_score))
steps.register(
    FittedStep(
        Info("standardise", "Standardise", "Per frame, by the mean and spread of the fold's training patients."),
        NoOptions,
        fit_standardise,
        apply_standardise,
    )
)
