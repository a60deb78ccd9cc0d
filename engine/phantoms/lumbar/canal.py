"""What lies between the bones of the spine: the canal with its nerves, and the discs."""

import itertools

import numpy as np

from engine.phantoms.lumbar.column import Body, Column
from engine.phantoms.lumbar.layers import Layers
from engine.phantoms.shapes import Field, between, ellipse, rounded_box, soft

_CANAL = (2.5, 17.5)


def paint_canal(layers: Layers, column: Column) -> None:
    """Fluid with cord and nerve roots in the middle; fat-filled openings beside it."""
    edge, behind, up = column.edge, column.behind(), column.grid.superior
    middle = column.within(11)
    wall = 17.0 * column.person.size
    low, high = wall + _CANAL[0], wall + _CANAL[1]
    sac = between(behind, low, high, edge) * soft(-116 + column.person.head - up, 16)
    layers.paint("fat", between(behind, low - 1, high + 3, edge) * column.within(17))
    layers.paint("fluid", sac * middle)
    conus = column.person.conus + column.person.head
    cord = between(behind, low + 4.5, high - 3.5, edge) * soft(conus - up, 14.0)
    roots = between(behind, high - 5.0 - 0.02 * (conus - up), high - 1.2, edge) * soft(up - conus, 14.0)
    layers.paint("nerve", cord * middle * column.within(5))
    layers.paint("nerve", 0.55 * roots * sac * column.within(6))
    layers.paint("ligament", between(behind, low - 2.2, low - 0.6, edge) * middle * 0.8)


def paint_discs(layers: Layers, column: Column) -> None:
    """A fibrous ring with a watery core between each two bodies; the core dries with age."""
    presacral = [body for body in column.bodies if not body.sacral]
    order = [column.bodies[len(presacral)], *presacral]
    for index, (lower, upper) in enumerate(itertools.pairwise(order)):
        across, along = _between_bodies(column, lower, upper)
        height = column.person.disc_height[index] / 2 + 2.5
        depth = min(lower.half_depth, upper.half_depth) + 0.8
        inside = column.within(23)
        layers.paint("ring", rounded_box(across, along, (depth, height), 3.0, column.edge) * inside)
        core = (0.62 * depth, max(0.42 * height, 2.0))
        layers.paint(f"core {index}", ellipse(across + 1.5, along, core, 2 * column.edge) * inside)


def _between_bodies(column: Column, lower: Body, upper: Body) -> tuple[Field, Field]:
    """(across, along) around the middle of the gap between two bodies."""
    top = (
        lower.posterior + lower.half_height * np.sin(lower.tilt),
        lower.superior + lower.half_height * np.cos(lower.tilt),
    )
    foot = (
        upper.posterior - upper.half_height * np.sin(upper.tilt),
        upper.superior - upper.half_height * np.cos(upper.tilt),
    )
    gap = Body((top[0] + foot[0]) / 2, (top[1] + foot[1]) / 2, (lower.tilt + upper.tilt) / 2, 0, 0, False)
    return column.local(gap)
