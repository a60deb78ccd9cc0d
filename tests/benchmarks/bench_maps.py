"""T2 and T1 in every voxel of a scan: time, and how near the known values are met."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import curve_fit

from engine.imaging.volume import Array, FrameAxis, FrameKind, Volume
from engine.maps import relaxation_maps
from engine.phantoms.relaxation import with_rician_noise
from tests.benchmarks.harness import Row, medians, seconds

TITLE = "Relaxation maps: 9 slices of 512 x 512, every voxel tissue, float32"
SHAPE = (9, 512, 512)
REPEATS, SAMPLED = 5, 400
GOAL_S, GOAL_TIMES_FASTER, GOAL_PERCENT = 2.0, 50, 2.0
M0, NOISE = 1000.0, 20.0

Shape = Callable[[Any, Any], Any]
CASES: dict[str, tuple[FrameKind, tuple[float, ...], tuple[float, float], Shape]] = {
    "T2, 9 echoes": (
        "echo time",
        tuple(25.0 * n for n in range(1, 10)),
        (20.0, 200.0),
        lambda times, relaxation: np.exp(-times / relaxation),
    ),
    "T1, 10 repetition times": (
        "repetition time",
        (100.0, 200.0, 350.0, 500.0, 750.0, 1000.0, 1500.0, 2200.0, 3300.0, 5000.0),
        (200.0, 2500.0),
        lambda times, relaxation: 1 - np.exp(-times / relaxation),
    ),
}


def run() -> list[Row]:
    """Both scans in turns, with noise; the peer fits some of the voxels, and its time is scaled to all."""
    rows, together = [], 0.0
    for work, (kind, times, limits, shape) in CASES.items():
        truth = np.random.default_rng(0).uniform(*limits, SHAPE).astype(np.float32)
        clean = (M0 * shape(np.array(times, np.float32)[:, None, None, None], truth)).astype(np.float32)
        noisy = with_rician_noise(np.random.default_rng(1), clean, NOISE)
        taken = _times(Volume(noisy, np.eye(4), FrameAxis(kind, times)), shape, sum(limits) / 2)
        together += taken["isocenter"]
        peer = "scipy curve_fit loop, scaled"
        rows.append(Row(work, "isocenter", peer, taken["isocenter"], taken["scipy"], "s", 1 / GOAL_TIMES_FASTER))
        worst = _worst(Volume(clean, np.eye(4), FrameAxis(kind, times)), truth)
        rows.append(Row(f"{work}: worst error, no noise", "isocenter", "the goal", worst, GOAL_PERCENT, "%", 1.0))
    return [*rows, Row("both scans", "isocenter", "the goal", together, GOAL_S, "s", 1.0)]


def _times(volume: Volume, shape: Shape, start: float) -> dict[str, float]:
    voxels = volume.array[0].size
    curves = volume.array.reshape(volume.frames, -1)[:, :: voxels // SAMPLED][:, :SAMPLED].T.astype(np.float64)
    times = np.array(volume.frame_axis.values)
    measures = {
        "isocenter": lambda: seconds(lambda: relaxation_maps(volume)),
        "scipy": lambda: seconds(lambda: _loop(shape, times, curves, start)) * voxels / len(curves),
    }
    medians(measures, 1)
    return medians(measures, REPEATS)


def _loop(shape: Shape, times: Array, curves: Array, start: float) -> None:
    with np.errstate(over="ignore"):  # it tries times below zero
        for curve in curves:
            curve_fit(lambda t, m0, relaxation: m0 * shape(t, relaxation), times, curve, (curve.max(), start))


def _worst(volume: Volume, truth: Array) -> float:
    """The largest error in percent; nan, which meets no goal, where a voxel has no time."""
    return float(100 * np.abs(relaxation_maps(volume).time.array[0] / truth - 1).max())
