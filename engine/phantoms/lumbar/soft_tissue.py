"""What lies around the spine: skin and fat, the muscles of belly and back, bowel, the great vessels."""

import numpy as np

from engine.phantoms.lumbar.column import Column
from engine.phantoms.lumbar.layers import Layers
from engine.phantoms.shapes import Field, between, cloud, ellipse, soft

_BOWEL_LOOPS = 34
_AORTA_RIGHT, _CAVA_RIGHT = -9.0, 15.0


def paint_body(layers: Layers, column: Column, rng: np.random.Generator) -> None:
    """Everything that the column is painted upon, from the skin inwards."""
    person, grid, edge = column.person, column.grid, column.edge
    up, back = grid.superior, grid.posterior
    front = -98 + person.back - person.belly * np.cos((up + 25) / 75) + 0.0004 * (up + 25) ** 2
    rear = column.centre(0.85 * up) + 64 * person.size + person.back_fat
    layers.paint("skin", between(back, front, rear, edge))
    layers.paint("fat", between(back, front + 2, rear - 2, edge))
    wall = front + person.belly_fat
    layers.paint("muscle", between(back, wall, wall + 9 * person.size, edge))
    _paint_bowel(layers, column, wall + 11, rng)
    _paint_back_muscles(layers, column, rear - person.back_fat, rng)
    _paint_vessels(layers, column)


def _paint_bowel(layers: Layers, column: Column, wall: Field, rng: np.random.Generator) -> None:
    """Loops of bowel in the fat between the belly's wall and the great vessels, some with gas."""
    grid, edge = column.grid, column.edge
    spine = column.centre(grid.superior) - 44 * column.person.size
    room = between(grid.posterior, wall, spine, edge)
    for _ in range(_BOWEL_LOOPS):
        depth, superior, radius, stretch, slope, turn = rng.uniform(
            (0.1, -135, 7, 1.0, -0.8, -0.5), (0.9, 135, 14, 2.2, 0.8, 0.5)
        )
        gas = rng.random() < 0.14
        line = np.full((1, 1, 1), superior, np.float32)
        at = float(wall.ravel()[wall.size // 2]) * (1 - depth) + float(column.centre(line).ravel()[0] - 44) * depth
        shift = turn * grid.right
        across = (grid.posterior - at) * np.cos(slope) + (grid.superior - superior - shift) * np.sin(slope)
        along = (grid.superior - superior - shift) * np.cos(slope) - (grid.posterior - at) * np.sin(slope)
        layers.paint("wall", ellipse(across, along, (radius, radius * stretch), edge) * room)
        inner = ellipse(across, along, (radius - 2.2, radius * stretch - 2.2), edge) * room
        layers.paint("gas" if gas else "bowel", inner)


def _paint_back_muscles(layers: Layers, column: Column, rear: Field, rng: np.random.Generator) -> None:
    """Muscle beside the spinous processes, streaked with fat; ligament and fat between them in the middle."""
    grid, edge, person = column.grid, column.edge, column.person
    behind = column.behind()
    reach = soft(np.maximum(14 - behind, grid.posterior - rear), edge)
    middle = column.within(3.2)
    streaks = cloud(rng, grid.shape, 2.6, grid.pixel)
    fat = np.clip(person.muscle_fat + 0.22 * streaks, 0, 1).astype(np.float32)
    layers.paint("muscle", reach)
    layers.paint("fat", reach * fat)
    layers.paint("ligament", reach * middle * 0.75)


def _paint_vessels(layers: Layers, column: Column) -> None:
    """Aorta to the left and vena cava to the right in front of the bodies, with fat between."""
    grid, edge, size = column.grid, column.edge, column.person.size
    behind = column.behind()
    above_fork = soft(-48 - grid.superior, 8)
    for right, radius in ((_AORTA_RIGHT, 9.5 * size), (_CAVA_RIGHT, 10.5 * size)):
        aside = grid.right - column.person.right - right
        half = np.sqrt(np.maximum(radius**2 - aside**2, 0)).astype(np.float32)
        present = soft(np.abs(aside) - radius, 4.4) * above_fork
        centre = -(17 + 4) * size - radius
        layers.paint("wall", between(behind, centre - half - 1.2, centre + half + 1.2, edge) * present)
        layers.paint("blood", between(behind, centre - half, centre + half, edge) * present)
    layers.paint("ligament", between(behind, -19.5 * size, -17.5 * size, edge) * column.within(12) * 0.7)
