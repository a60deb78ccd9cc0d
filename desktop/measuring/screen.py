"""Between a slice on the screen and the patient's space, for many points at once."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from desktop.viewer.slice_view import SliceView
from engine.imaging.volume import Array
from engine.measure import World
from engine.pictures.camera import Placement
from engine.pictures.viewing import Viewing


@dataclass(frozen=True, eq=False)
class Screen:
    """A viewing as it lies on a widget of `area`."""

    viewing: Viewing
    placement: Placement
    area: QRectF

    def point(self, world: World) -> QPointF:
        """Where a RAS+ position is drawn."""
        column, row, _ = self.viewing.plane.of_world(world)
        return QPointF(*self.placement.to_screen(column, row))

    def points(self, world: Array | tuple[World, ...]) -> list[QPointF]:
        """Where RAS+ positions (n, 3) are drawn."""
        origin, *ends = (np.array(self._place(axis)) for axis in ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)))
        steps = np.array([end - origin for end in ends])
        found = np.asarray(world, float).reshape(-1, 3) @ steps + origin
        return [QPointF(x, y) for x, y in found.tolist()]

    def world(self, at: QPointF) -> World:
        """The RAS+ position under a point of the screen; beside the picture, that at its edge."""
        plane = self.viewing.plane
        column, row = self.placement.to_picture(at.x(), at.y())
        column, row = min(max(column, 0.0), plane.columns), min(max(row, 0.0), plane.rows)
        return plane.to_world(column, row, self.viewing.index)

    def holds(self, at: QPointF) -> bool:
        """Whether a point lies on the picture."""
        column, row = self.placement.to_picture(at.x(), at.y())
        return 0 <= column <= self.viewing.plane.columns and 0 <= row <= self.viewing.plane.rows

    def way(self, start: QPointF, end: QPointF) -> World:
        """From one point of the screen to another, in mm."""
        one, other = (np.array(self._free(at)) for at in (start, end))
        x, y, z = (other - one).tolist()
        return (x, y, z)

    def _free(self, at: QPointF) -> World:
        return self.viewing.plane.to_world(*self.placement.to_picture(at.x(), at.y()), self.viewing.index)

    def _place(self, world: World) -> tuple[float, float]:
        column, row, _ = self.viewing.plane.of_world(world)
        return self.placement.to_screen(column, row)


def screen_of(view: SliceView) -> Screen:
    """What a picture shows, as it lies there; it must show something."""
    assert view.viewing is not None
    return Screen(view.viewing, view.placement, QRectF(view.rect()))
