"""The bones of the spine: a dark shell around marrow."""

import numpy as np

from engine.phantoms.lumbar.column import Column
from engine.phantoms.lumbar.layers import Layers
from engine.phantoms.shapes import Field, ellipse, rounded_box

MARROW = "marrow"


def paint_bodies(layers: Layers, column: Column) -> None:
    """A thin dark shell filled with marrow; a vein enters from behind in the middle."""
    edge = column.edge
    for body in column.bodies:
        across, along = column.local(body)
        hollow = 0.0 if body.sacral else 1.6 * np.clip(1 - (across / body.half_depth) ** 2, 0, 1)
        reach = np.abs(along) + hollow
        inside = column.within(23)
        shell = rounded_box(across, reach, (body.half_depth, body.half_height), 3.0, edge)
        marrow = rounded_box(across, reach, (body.half_depth - 1.1, body.half_height - 1.1), 2.5, edge)
        layers.paint("cortex", shell * inside)
        layers.paint(MARROW, marrow * inside)
        if not body.sacral:
            vein = ellipse(across - body.half_depth + 3.0, along, (6.0, 1.6), edge)
            layers.paint("vein", 0.7 * vein * column.within(3.5))


def paint_arches(layers: Layers, column: Column) -> None:
    """Spinous processes in the middle, pedicles and joints beside the canal."""
    edge, size = column.edge, column.person.size
    for body in column.bodies:
        across, along = column.local(body)
        if body.sacral:
            crest = (across - body.half_depth - 25 * size, along)
            _bone(layers, *crest, (5 * size, 0.8 * body.half_height), edge, column.within(5))
            continue
        spine = across - body.half_depth - 33 * size
        droop = along + 9 * size + 0.30 * spine
        _bone(layers, spine, droop, (13 * size, 8 * size), edge, column.within(3.6))
        aside = 1 - column.within(11)
        pedicle = (across - body.half_depth - 8 * size, along - 4 * size)
        _bone(layers, *pedicle, (10.5 * size, 6 * size), edge, aside)
        joint = (
            across - body.half_depth - 24 * size,
            along + 8 * size - 0.5 * (across - body.half_depth - 24),
        )
        _bone(layers, *joint, (7 * size, 13 * size), edge, aside)
        root = ellipse(across - body.half_depth - 9 * size, along + 11 * size, (3.2, 4.0), edge)
        layers.paint("nerve", root * aside)


def _bone(layers: Layers, across: Field, along: Field, half: tuple[float, float], edge: float, inside: Field) -> None:
    layers.paint("cortex", rounded_box(across, along, half, 0.8 * min(half), edge) * inside)
    core = (half[0] - 1.6, half[1] - 1.6)
    layers.paint(MARROW, rounded_box(across, along, core, 0.8 * min(core), edge) * inside)
