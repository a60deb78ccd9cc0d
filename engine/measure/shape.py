"""What all shapes that are drawn on a scan have in common."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from engine.measure.slice_plane import SlicePlane, World, world


@dataclass(frozen=True)
class Shape:
    """`points` in RAS+ mm, drawn in the slice `plane`; they may lie outside of the scan.

    ValueError where there are more or fewer points than the kind has (`least`, and `most` unless it is 0).
    """

    plane: SlicePlane
    points: tuple[World, ...]

    kind: ClassVar[str] = ""
    least: ClassVar[int] = 1
    most: ClassVar[int] = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple(world(point) for point in self.points))
        if len(self.points) < self.least or (self.most and len(self.points) > self.most):
            raise ValueError(f"this shape ({self.kind}) does not have {len(self.points)} points")

    @property
    def length_mm(self) -> float | None:
        """The length, of a distance."""
        return None

    @property
    def angle_deg(self) -> float | None:
        """The angle in degrees, of an angle whose arms have a length."""
        return None

    @property
    def area_mm2(self) -> float | None:
        """The area, of what has one."""
        return None

    @property
    def outline(self) -> tuple[World, ...]:
        """The points to draw a line through; of an area, it closes."""
        return self.points

    def moved(self, by: World) -> Self:
        """The shape elsewhere, its plane with it; `by` in mm."""
        points = tuple(_sum(point, by) for point in self.points)
        return replace(self, plane=replace(self.plane, origin=_sum(self.plane.origin, by)), points=points)

    def with_point(self, index: int, point: World) -> Self:
        """The shape with one of its points elsewhere; IndexError where it has none of that number."""
        points = list(self.points)
        points[index] = point
        return replace(self, points=tuple(points))


def _sum(one: World, other: World) -> World:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2])
