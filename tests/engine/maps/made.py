"""Scans whose relaxation times are known."""

import numpy as np

from engine.imaging.volume import Facts, FrameAxis, FrameKind, Volume
from engine.phantoms.relaxation import with_rician_noise

ECHO, REPETITION, INVERSION = KINDS = ("echo time", "repetition time", "inversion time")
TIMES: dict[FrameKind, tuple[float, ...]] = {
    "echo time": tuple(25.0 * n for n in range(1, 10)),
    "repetition time": (100.0, 200.0, 350.0, 500.0, 750.0, 1000.0, 1500.0, 2200.0, 3300.0, 5000.0),
    "inversion time": (50.0, 100.0, 200.0, 400.0, 800.0, 1200.0, 1800.0, 2500.0, 4000.0),
}
RANGES: dict[FrameKind, tuple[float, float]] = {
    "echo time": (15.0, 900.0),
    "repetition time": (100.0, 4000.0),
    "inversion time": (100.0, 3000.0),
}
AFFINE = np.array([[1.6, -0.9, 0.3, 5], [1.2, 1.2, -0.4, 6], [0, 1.0, 2.8, 7], [0, 0, 0, 1]])


def signal(kind: FrameKind, times: np.ndarray, relaxation: np.ndarray) -> np.ndarray:
    """The signal at M0 = 1, written down again rather than taken from what is tested."""
    decayed = np.exp(-times / relaxation)
    return {ECHO: decayed, REPETITION: 1 - decayed, INVERSION: np.abs(1 - 2 * decayed)}[kind]


def times_in(kind: FrameKind, shape: tuple[int, int, int] = (2, 24, 20)) -> np.ndarray:
    """Relaxation times (z, y, x) in ms, over what the frames can tell."""
    return np.geomspace(*RANGES[kind], int(np.prod(shape))).reshape(shape)


def scan(kind: FrameKind, relaxation: np.ndarray, m0: float = 1000.0, noise: float = 0.0) -> Volume:
    """A scan of these relaxation times (z, y, x); `noise` as a part of M0."""
    times = np.array(TIMES[kind])[:, None, None, None]
    clean = m0 * signal(kind, times, relaxation).astype(np.float32)
    array = with_rician_noise(np.random.default_rng(0), clean, noise * m0) if noise else clean
    return Volume(array, AFFINE, FrameAxis(kind, TIMES[kind]), Facts("phantom", "MR"))
