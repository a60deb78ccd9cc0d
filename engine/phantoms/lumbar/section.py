"""A person's section as fractions of tissue per voxel, with the grain of each tissue."""

import numpy as np

from engine.phantoms.lumbar.column import MARROW, Column, paint_arches, paint_bodies, paint_canal, paint_discs
from engine.phantoms.lumbar.grid import Grid
from engine.phantoms.lumbar.layers import Layers
from engine.phantoms.lumbar.person import Person
from engine.phantoms.lumbar.soft_tissue import paint_body
from engine.phantoms.relaxation import Tissue
from engine.phantoms.shapes import Field, cloud

_GRAIN = {"fat": (0.05, 4.0), "muscle": (0.07, 2.0), "bowel": (0.18, 3.0), "fluid": (0.03, 3.0)}
_TRABECULAE_MM = 1.3

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


def draw_section(person: Person, grid: Grid, grain: float, rng: np.random.Generator) -> dict[str, Field]:
    """Fractions by tissue, (z, y, x), times the tissue's own grain; `grain` is that of the marrow."""
    layers, column = Layers(grid.shape), Column(person, grid)
    paint_body(layers, column, rng)
    paint_canal(layers, column)
    paint_discs(layers, column)
    paint_bodies(layers, column)
    paint_arches(layers, column)
    fractions = layers.fractions()
    for tissue, (strength, size) in {**_GRAIN, MARROW: (grain, _TRABECULAE_MM)}.items():
        fractions[tissue] *= np.clip(1 + strength * cloud(rng, grid.shape, size, grid.pixel), 0.2, 1.8)
    return fractions


def marrow_mask(fractions: dict[str, Field]) -> Field:
    """Where at least half of a voxel is marrow, as far as its grain lets see."""
    others = sum(part for tissue, part in fractions.items() if tissue != MARROW)
    return fractions[MARROW] > others


def disc_cores(person: Person) -> dict[str, Tissue]:
    """The cores of the discs: the healthier, the more water."""
    return {
        f"core {index}": Tissue(0.62 + 0.25 * health, 1000 + 350 * health, 48 + 85 * health)
        for index, health in enumerate(person.disc_health)
    }


def receiver_gain(person: Person, grid: Grid, rng: np.random.Generator) -> Field:
    """The sensitivity of a coil below the back, smooth and different in every person."""
    depth = (95 + person.back - grid.posterior) / 260
    drift = cloud(rng, (1, 32, 32), 9.0, 1.0)[0]
    steps = (np.arange(grid.matrix) * 32) // grid.matrix
    uneven = drift[np.ix_(steps, steps)] if grid.matrix < 64 else _stretched(drift, grid.matrix)
    gain = person.gain * np.exp(-np.maximum(depth, 0)) * (1 + 0.05 * uneven[np.newaxis])
    return np.broadcast_to(gain, grid.shape).astype(np.float32)


def _stretched(field: Field, size: int) -> Field:
    from scipy.ndimage import zoom

    return np.asarray(zoom(field, size / field.shape[0], order=1, grid_mode=True, mode="nearest"), np.float32)
