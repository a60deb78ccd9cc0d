"""Shapes that enclose an area, and with it voxels."""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from engine.imaging.volume import Array
from engine.measure.lattice import Lattice
from engine.measure.polygon import enclosed_area, points_within
from engine.measure.shape import Shape
from engine.measure.slice_plane import World, world

_NEAR = 1e-6
_STEPS = 96


@dataclass(frozen=True)
class Area(Shape):
    """What encloses a part of its plane; points out of the plane count where they lie nearest to it."""

    @property
    def corners(self) -> Array:
        """Places (n, 2) in the plane that the area lies between."""
        return self.plane.flat(self.points)

    @property
    def area_mm2(self) -> float:
        return self._enclosed

    def inside(self, lattice: Lattice) -> Array:
        """Which points of a lattice in the plane lie inside, or on the edge: (rows, columns)."""
        return points_within(lattice.indices(self.corners), lattice.columns, lattice.rows)

    @cached_property
    def _enclosed(self) -> float:
        return enclosed_area(self.corners)


@dataclass(frozen=True)
class Freehand(Area):
    """A polygon that closes by itself; where it crosses itself, what is enclosed twice is outside."""

    kind = "freehand"


@dataclass(frozen=True)
class Rectangle(Area):
    """Between two opposite corners, its sides along the directions of its plane: turn these to turn it."""

    kind = "rectangle"
    least = most = 2

    @property
    def corners(self) -> Array:
        (left, top), (right, bottom) = self.plane.flat(self.points)
        return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])

    @property
    def area_mm2(self) -> float:
        width, height = self.size_mm
        return width * height

    @property
    def size_mm(self) -> tuple[float, float]:
        """Its sides along the directions of its plane."""
        one, other = self.plane.flat(self.points)
        width, height = np.abs(other - one)
        return (float(width), float(height))

    @property
    def centre(self) -> World:
        """Its middle, in RAS+ mm."""
        return world(np.mean(self.points, axis=0))

    @property
    def outline(self) -> tuple[World, ...]:
        return tuple(world(point) for point in self.plane.solid(self.corners))

    def turned(self, degrees: float) -> Self:
        """Turned about its middle, in its plane, from across towards down."""
        plane = replace(self.plane, origin=self.centre)
        turned = plane.turned(degrees)
        points = turned.solid(plane.flat(self.points))
        return replace(self, plane=turned, points=tuple(world(point) for point in points))


@dataclass(frozen=True)
class Ellipse(Rectangle):
    """The ellipse that touches the sides of such a rectangle."""

    kind = "ellipse"

    @property
    def area_mm2(self) -> float:
        return math.pi / 4 * super().area_mm2

    @property
    def outline(self) -> tuple[World, ...]:
        angles = np.linspace(0, 2 * np.pi, _STEPS, endpoint=False)
        places = self._middle + np.stack([np.cos(angles), np.sin(angles)], axis=1) * self._radii
        return tuple(world(point) for point in self.plane.solid(places))

    def inside(self, lattice: Lattice) -> Array:
        found = np.zeros((lattice.rows, lattice.columns), np.bool_)
        if not self._radii.all():
            return found
        for row in range(lattice.rows):
            scaled = (lattice.row(row) - self._middle) / self._radii
            found[row] = (scaled**2).sum(axis=1) <= 1 + _NEAR
        return found

    @property
    def _middle(self) -> Array:
        return np.asarray(self.plane.flat(np.array(self.centre))[0])

    @property
    def _radii(self) -> Array:
        return np.array(self.size_mm) / 2
