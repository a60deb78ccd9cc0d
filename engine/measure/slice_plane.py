"""The slice that a shape was drawn in: a plane in the patient's space."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Array

World = tuple[float, float, float]
Direction = Sequence[float] | Array

PARALLEL = 1e-4
_UNIT = 1e-6
_FARTHEST_MM = 1e9


@dataclass(frozen=True)
class SlicePlane:
    """A plane through `origin` (RAS+ mm); `across` and `down` are unit directions at right angles to each other.

    A place in it is (u, v): mm across and down from the origin. ValueError where the directions are not so.
    """

    origin: World
    across: World
    down: World

    def __post_init__(self) -> None:
        for name in ("origin", "across", "down"):
            object.__setattr__(self, name, world(getattr(self, name)))
        across, down = np.array(self.across), np.array(self.down)
        off = (across @ across - 1, down @ down - 1, across @ down)
        if max(map(abs, off)) > _UNIT:
            raise ValueError("a plane has two unit directions at right angles to each other")

    @classmethod
    def spanned(cls, origin: Direction, across: Direction, down: Direction) -> "SlicePlane":
        """Through `origin`, along two directions of any length, such as columns of an affine.

        The second is straightened where they are not at right angles. ValueError where they span no plane.
        """
        first = _unit(np.asarray(across, float))
        second = np.asarray(down, float)
        second = _unit(second - (second @ first) * first)
        return cls(world(origin), world(first), world(second - (second @ first) * first))

    @property
    def normal(self) -> Array:
        """The unit direction that leads out of the plane, from `across` over `down`."""
        return np.cross(self.across, self.down)

    def flat(self, points: Sequence[World] | Array) -> Array:
        """The places (n, 2) in the plane that lie nearest to points (n, 3)."""
        return self.flat_steps(np.asarray(points, float).reshape(-1, 3) - np.array(self.origin))

    def flat_steps(self, steps: Array) -> Array:
        """The part in the plane (n, 2) of differences (n, 3) of positions."""
        return np.asarray(steps @ np.array([self.across, self.down]).T)

    def solid(self, places: Sequence[tuple[float, float]] | Array) -> Array:
        """The positions (n, 3), in RAS+ mm, of places (n, 2)."""
        flat = np.asarray(places, float).reshape(-1, 2)
        return np.asarray(flat @ np.array([self.across, self.down]) + np.array(self.origin))

    def height(self, point: World) -> float:
        """How far in mm a point lies out of the plane, with a sign."""
        return float((np.array(point) - np.array(self.origin)) @ self.normal)

    def turned(self, degrees: float) -> "SlicePlane":
        """The same plane with its directions turned, from `across` towards `down`."""
        angle = math.radians(degrees)
        across, down = np.array(self.across), np.array(self.down)
        first = math.cos(angle) * across + math.sin(angle) * down
        return SlicePlane.spanned(self.origin, first, math.cos(angle) * down - math.sin(angle) * across)


def parallel(one: SlicePlane, other: SlicePlane) -> bool:
    """Whether two planes lead the same way, so that what is drawn in one could be moved to the other."""
    return bool(np.linalg.norm(np.cross(one.normal, other.normal)) <= PARALLEL)


def world(point: Direction) -> World:
    """Three numbers, none of them farther than a thousand kilometres; ValueError for anything else."""
    x, y, z = (float(part) for part in point)
    if not all(abs(part) <= _FARTHEST_MM for part in (x, y, z)):
        raise ValueError("a position has three coordinates within a thousand kilometres")
    return (x, y, z)


def _unit(direction: Array) -> Array:
    length = float(np.linalg.norm(direction))
    if not (math.isfinite(length) and length > 0):
        raise ValueError("a plane needs two directions that differ")
    return np.asarray(direction / length)
