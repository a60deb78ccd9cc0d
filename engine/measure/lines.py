"""Shapes that have a length or an angle."""

import math
from dataclasses import dataclass

import numpy as np

from engine.measure.shape import Shape


@dataclass(frozen=True)
class Distance(Shape):
    """From one point to another, straight through space."""

    kind = "distance"
    least = most = 2

    @property
    def length_mm(self) -> float:
        return math.dist(*self.points)


@dataclass(frozen=True)
class Angle(Shape):
    """At the second of three points, from 0 to 180 degrees."""

    kind = "angle"
    least = most = 3

    @property
    def angle_deg(self) -> float | None:
        first, vertex, second = np.array(self.points)
        one, other = first - vertex, second - vertex
        if not (one.any() and other.any()):
            return None
        return math.degrees(math.atan2(float(np.linalg.norm(np.cross(one, other))), float(one @ other)))
