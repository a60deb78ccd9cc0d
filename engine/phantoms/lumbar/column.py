"""The course of the spine and its bones, discs and canal."""

import itertools
from dataclasses import dataclass

import numpy as np

from engine.phantoms.lumbar.grid import Grid
from engine.phantoms.lumbar.layers import Layers
from engine.phantoms.lumbar.person import DISCS, Person
from engine.phantoms.shapes import Field, between, ellipse, rounded_box, soft

MARROW = "marrow"
_APEX = 5.0
_MIDDLE = -4.0
_CANAL = (2.5, 17.5)
_HALF_HEIGHTS = (13.2, 13.4, 13.6, 13.6, 13.2, 12.6, 12.0, 11.4)
_HALF_DEPTHS = (17.8, 17.6, 17.4, 17.0, 16.5, 16.0, 15.5, 15.0)
_SACRUM = ((13.0, 15.0), (11.0, 11.5), (9.5, 9.0))
_SACRAL_SCAR = 2.0


@dataclass(frozen=True)
class Body:
    """A vertebral body: its middle, tilt and size, and whether it is part of the sacrum."""

    posterior: float
    superior: float
    tilt: float
    half_height: float
    half_depth: float
    sacral: bool


class Column:
    """The spine of a person; distances are measured along and across its curve."""

    def __init__(self, person: Person, grid: Grid) -> None:
        self.person = person
        self.grid = grid
        self.edge = max(grid.pixel, 1.0)
        self.beside = np.abs(grid.right - person.right)
        self.bodies = self._bodies()

    def centre(self, superior: Field) -> Field:
        """How far to the back the middle of the bodies lies at a height."""
        reach = (superior - _APEX - self.person.head) / (92 * self.person.size)
        bend = np.where(reach < 0, self.person.lordosis, 0.42 * self.person.lordosis)
        course = _MIDDLE + self.person.back + bend * reach**2 + self.person.tilt * (superior - _APEX)
        return np.asarray(course, np.float32)

    def behind(self) -> Field:
        """How far behind the middle of the bodies a voxel lies, across the curve."""
        superior = self.grid.superior
        return (self.grid.posterior - self.centre(superior)) * np.cos(self._tilt(superior))

    def within(self, limit: float) -> Field:
        """The fraction of a slice that lies no farther than `limit` to either side."""
        return soft(self.beside - limit * self.person.size, 4.4)

    def local(self, body: Body) -> tuple[Field, Field]:
        """(across, along) of each voxel in the frame of a body: to the back, to the head."""
        back, up = self.grid.posterior - body.posterior, self.grid.superior - body.superior
        cos, sin = np.cos(body.tilt), np.sin(body.tilt)
        return back * cos - up * sin, back * sin + up * cos

    def _tilt(self, superior: Field) -> Field:
        step = np.float32(2.0)
        return np.arctan((self.centre(superior + step) - self.centre(superior - step)) / (2 * step))

    def _bodies(self) -> list[Body]:
        """From L5 upwards, then the sacrum downwards; L3 sits at the apex of the curve."""
        size, discs = self.person.size, self.person.disc_height
        heights = [size * height for height in _HALF_HEIGHTS]
        lowest = -(heights[0] + discs[1] + 2 * heights[1] + discs[2] + heights[2])
        bodies, arc, reached = [], lowest, 0.0
        for index, (height, depth) in enumerate(zip(heights, _HALF_DEPTHS, strict=True)):
            arc += reached + (height if index else 0.0)
            bodies.append(self._body(arc, height, depth * size, sacral=False))
            reached = height + discs[min(index + 1, DISCS - 1)]
        arc, reached = lowest, heights[0] + discs[0]
        for height, depth in _SACRUM:
            arc -= reached + height * size
            bodies.append(self._body(arc, height * size, depth * size, sacral=True))
            reached = height * size + _SACRAL_SCAR
        return bodies

    def _body(self, arc: float, half_height: float, half_depth: float, *, sacral: bool) -> Body:
        superior = self._height_at(arc)
        where = np.array([superior], np.float32)
        return Body(
            float(self.centre(where)[0]),
            superior,
            float(self._tilt(where)[0]),
            half_height,
            half_depth,
            sacral,
        )

    def _height_at(self, arc: float) -> float:
        """The height at a length along the curve from its apex."""
        heights = np.linspace(0, 190 * np.sign(arc), 400, dtype=np.float32) + _APEX + self.person.head
        lengths = np.concatenate([[0], np.cumsum(np.hypot(np.diff(heights), np.diff(self.centre(heights))))])
        return float(np.interp(abs(arc), lengths, heights))


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


def _bone(
    layers: Layers, across: Field, along: Field, half: tuple[float, float], edge: float, inside: Field
) -> None:
    layers.paint("cortex", rounded_box(across, along, half, 0.8 * min(half), edge) * inside)
    core = (half[0] - 1.6, half[1] - 1.6)
    layers.paint(MARROW, rounded_box(across, along, core, 0.8 * min(core), edge) * inside)


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
