"""The magnetic resonance signal: M0 (1 - exp(-TR/T1)) exp(-TE/T2) per tissue, with Rician noise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.phantoms.shapes import Field


@dataclass(frozen=True)
class Tissue:
    """Proton density (relative), T1 and T2 in ms."""

    density: float
    t1: float
    t2: float


@dataclass(frozen=True)
class Timing:
    """Repetition and echo time of one frame in ms."""

    repetition: float
    echo: float


def signal(tissue: Tissue, timing: Timing) -> float:
    """The noise-free signal of a voxel full of the tissue."""
    recovered = 1 - np.exp(-timing.repetition / tissue.t1)
    return float(tissue.density * recovered * np.exp(-timing.echo / tissue.t2))


def picture(fractions: Mapping[str, Field], tissues: Mapping[str, Tissue], frames: Sequence[Timing]) -> Field:
    """The noise-free (frames, z, y, x) of a section, each voxel the mixture of its tissues."""
    names = list(fractions)
    table = np.array([[signal(tissues[name], timing) for name in names] for timing in frames], np.float32)
    stacked = np.stack([fractions[name].ravel() for name in names])
    return (table @ stacked).reshape(len(frames), *fractions[names[0]].shape)


def with_rician_noise(rng: np.random.Generator, clean: Field, sigma: float) -> Field:
    """The magnitude of the signal with Gaussian noise in both channels of the receiver."""
    real, imaginary = (rng.standard_normal(clean.shape, np.float32) * np.float32(sigma) for _ in range(2))
    return np.asarray(np.hypot(clean + real, imaginary), np.float32)
