"""A shape that is being drawn."""

from dataclasses import dataclass, replace
from typing import Self

from engine.measure import KINDS, Shape, SlicePlane, World

FEWEST = 3


@dataclass(frozen=True)
class Draft:
    """Of a kind, on a scan, in one slice: `points` are set, `moving` is the one under the pointer.

    It stays in its slice; who goes to another one comes back to it, or begins a new one there.
    """

    kind: str
    scan: int
    plane: SlicePlane
    points: tuple[World, ...]
    moving: World

    @property
    def shape(self) -> Shape | None:
        """What it would be if it ended here; None before there is enough of it, or where it has no extent."""
        made = KINDS[self.kind]
        points = (*self.points, self.moving) if self.moving != self.points[-1] else self.points
        enough = max(made.least, FEWEST) if self.kind == "freehand" else made.least
        return made(self.plane, points) if len(points) >= enough else None

    @property
    def full(self) -> bool:
        """Whether the moving point is the last it needs."""
        return 0 < KINDS[self.kind].most <= len(self.points) + 1

    @property
    def line(self) -> tuple[World, ...]:
        """What is drawn of it: the outline of its shape, or what there is of a line so far."""
        shape = self.shape
        return (*self.points, self.moving) if shape is None else shape.outline

    def towards(self, point: World) -> Self:
        """With the moving point elsewhere."""
        return replace(self, moving=point)

    def fixed(self) -> Self:
        """With the moving point set where it is."""
        return self if self.moving == self.points[-1] else replace(self, points=(*self.points, self.moving))
