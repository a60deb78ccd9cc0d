"""A person's section as fractions of tissue per voxel, with the grain of each tissue."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.phantoms.lumbar.bones import MARROW, paint_arches, paint_bodies
from engine.phantoms.lumbar.canal import paint_canal, paint_discs
from engine.phantoms.lumbar.column import Column
from engine.phantoms.lumbar.grid import Grid
from engine.phantoms.lumbar.layers import Layers
from engine.phantoms.lumbar.person import Person
from engine.phantoms.lumbar.soft_tissue import paint_body
from engine.phantoms.relaxation import Tissue
from engine.phantoms.shapes import Field, cloud, soft

_GRAIN = {"fat": (0.05, 4.0), "muscle": (0.07, 2.0), "bowel": (0.18, 3.0), "fluid": (0.03, 3.0)}
_TRABECULAE_MM = 1.3
_BAND_EDGE, _SATURATED = -52.0, 0.1

TISSUES = {
    "skin": Tissue(0.45, 700, 35),
    "fat": Tissue(0.95, 285, 95),
    "muscle": Tissue(0.78, 950, 42),
    "wall": Tissue(0.70, 850, 50),
    "bowel": Tissue(0.72, 1100, 85),
    "gas": Tissue(0.02, 1000, 20),
    "blood": Tissue(0.10, 1400, 60),
    "ligament": Tissue(0.28, 800, 25),
    "cortex": Tissue(0.10, 700, 15),
    "vein": Tissue(0.80, 1300, 130),
    "fluid": Tissue(1.00, 3800, 900),
    "nerve": Tissue(0.75, 900, 78),
    "ring": Tissue(0.50, 900, 40),
}


@dataclass(frozen=True)
class Section:
    """`parts` are the fractions by tissue with their grain, `marrow` the voxels that are mostly marrow."""

    parts: dict[str, Field]
    marrow: NDArray[np.bool_]


def draw_section(person: Person, grid: Grid, grain: float, rng: np.random.Generator) -> Section:
    """A section in (z, y, x); `grain` is the strength of the marrow's texture and changes nothing else."""
    layers, column = Layers(grid.shape), Column(person, grid)
    paint_body(layers, column, rng)
    paint_canal(layers, column)
    paint_discs(layers, column)
    paint_bodies(layers, column)
    paint_arches(layers, column)
    parts = layers.fractions()
    marrow = parts[MARROW] > 0.5
    for tissue, (strength, size) in {**_GRAIN, MARROW: (grain, _TRABECULAE_MM)}.items():
        texture = strength * cloud(rng, grid.shape, size, grid.pixel)
        parts[tissue] *= np.clip(1 + texture, 0.2, 1.8)
    return Section(parts, marrow)


def disc_cores(person: Person) -> dict[str, Tissue]:
    """The cores of the discs: the healthier, the more water."""
    return {
        f"core {index}": Tissue(0.62 + 0.25 * health, 1000 + 350 * health, 48 + 85 * health)
        for index, health in enumerate(person.disc_health)
    }


def receiver_gain(person: Person, grid: Grid, rng: np.random.Generator) -> Field:
    """A coil below the back, uneven in every person, and the usual saturation band over the moving belly."""
    phases = rng.uniform(0, 2 * np.pi, 2)
    depth = np.maximum(80 + person.back - grid.posterior, 0) / 260
    uneven = np.cos(grid.posterior / 60 + phases[0]) * np.cos(grid.superior / 60 + phases[1])
    gain = person.gain * np.exp(-depth) * (1 + 0.06 * uneven)
    band = soft(_BAND_EDGE + person.back - grid.posterior, 14.0)
    return np.broadcast_to(gain * (_SATURATED + (1 - _SATURATED) * band), grid.shape).astype(np.float32)
