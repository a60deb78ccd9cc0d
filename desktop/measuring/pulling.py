"""Pulling at a shape with the mouse: by a handle, or all of it."""

from PySide6.QtCore import QPointF

from desktop.measuring.drawn import Drawn
from desktop.measuring.handles import Hold, handles, pulled
from desktop.measuring.in_slice import is_shown
from desktop.measuring.screen import Screen
from engine.measure import Shape

STILL = 3.0


class Pulling:
    """A drag that began at `start`; it does nothing before the pointer has really moved."""

    def __init__(self, hold: Hold, start: QPointF, screen: Screen) -> None:
        self.before = hold.drawn
        self._handle, self._start = hold.handle, start
        self._moved = False
        self._slip = QPointF()
        if hold.handle is not None and isinstance(hold.drawn.shape, Shape):
            self._slip = screen.point(handles(hold.drawn.shape)[hold.handle]) - start

    def to(self, at: QPointF, screen: Screen) -> Drawn | None:
        """The shape as it is now; None where nothing changes, as while another slice is shown."""
        shape = self.before.shape
        self._moved = self._moved or (at - self._start).manhattanLength() >= STILL
        if not self._moved or not isinstance(shape, Shape) or not is_shown(shape.plane, screen.viewing):
            return None
        if self._handle is None:
            return self.before.shaped(shape.moved(screen.way(self._start, at)))
        return self.before.shaped(pulled(shape, self._handle, screen.world(at + self._slip)))
