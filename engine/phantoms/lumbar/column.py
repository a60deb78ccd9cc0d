"""The course of the spine: where its bodies are, and where a voxel is as seen from it."""

from dataclasses import dataclass

import numpy as np

from engine.phantoms.lumbar.grid import Grid
from engine.phantoms.lumbar.person import DISCS, Person
from engine.phantoms.shapes import Field, soft

_APEX = 5.0
_MIDDLE = -4.0
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
