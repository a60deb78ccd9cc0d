"""What differs from person to person and has nothing to do with the class: size, posture, fat, discs."""

from dataclasses import dataclass

import numpy as np

DISCS = 8


@dataclass(frozen=True)
class Person:
    """Lengths in mm, angles in radians."""

    size: float
    back: float
    head: float
    right: float
    lordosis: float
    tilt: float
    belly_fat: float
    back_fat: float
    belly: float
    muscle_fat: float
    disc_health: tuple[float, ...]
    disc_height: tuple[float, ...]
    conus: float
    gain: float


def draw_person(rng: np.random.Generator) -> Person:
    """A person at random."""
    health = np.clip(rng.normal(0.45, 0.2, DISCS) + np.linspace(0, 0.2, DISCS), 0.05, 1)
    height = np.clip(rng.normal(9.6, 1.0, DISCS), 6, 12) * (0.72 + 0.35 * health)
    return Person(
        size=float(rng.normal(1.0, 0.045)),
        back=float(rng.normal(0, 6)),
        head=float(rng.normal(0, 8)),
        right=float(rng.normal(0, 1.5)),
        lordosis=float(rng.normal(24, 6)),
        tilt=float(rng.normal(0, 0.04)),
        belly_fat=float(np.clip(rng.normal(20, 7), 7, 38)),
        back_fat=float(np.clip(rng.normal(22, 7), 8, 40)),
        belly=float(rng.normal(7, 6)),
        muscle_fat=float(np.clip(rng.normal(0.16, 0.07), 0.03, 0.4)),
        disc_health=tuple(float(value) for value in health),
        disc_height=tuple(float(value) for value in height),
        conus=float(rng.normal(68, 8)),
        gain=float(rng.normal(1.0, 0.07)),
    )
