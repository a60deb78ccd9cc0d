"""What lies over the picture while another scan is laid over it: the line to drag, whose sides these are, and notes."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from desktop.comparing.laying import layer_in, window_of
from desktop.comparing.line_drawing import KNOB, draw_caption, draw_line, draw_names, draw_notes
from desktop.viewer.over import Over
from desktop.viewer.slice_view import SliceView
from engine.pictures.layer import Layer
from engine.pictures.window import Window

REACH = 7.0
Button = Qt.MouseButton


class SwipeLine(Over):
    """`moved` tells where across the picture the line was put, from 0 to 1.

    `windowed` tells the window that the scan beyond it was given by a right drag there, while it has its `own_window`.
    """

    moved = Signal(float)
    windowed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.own_window = False
        self._names = ("", "")
        self._notes: tuple[str, ...] = ()
        self._from: tuple[QPointF, Window] | None = None

    def say(self, front: str, other: str, notes: tuple[str, ...] = ()) -> None:
        """Call what is left and right of the line, and say what has to be known of how the two lie on each other."""
        if (front, other, notes) != (*self._names, self._notes):
            self._names, self._notes = (front, other), notes
            self.changed.emit()

    def paint(self, painter: QPainter, view: SliceView) -> None:
        layer, at = layer_in(view.viewing), _line_in(view)
        if layer is None:
            return
        if at is not None:
            draw_line(painter, at, view.height())
            draw_names(painter, at, view.rect(), self._names)
        else:
            draw_caption(painter, self._caption(layer), view.rect())
        if view.inscription.spoken:
            draw_notes(painter, self._notes, view.names, view.rect())

    def press(self, event: QMouseEvent, view: SliceView) -> bool:
        self._from = None
        line, layer = _line_in(view), layer_in(view.viewing)
        if event.button() == Button.RightButton and self.own_window and line is not None and layer is not None:
            self._from = (event.position(), window_of(layer)) if event.position().x() > line else None
            return self._from is not None
        return event.button() == Button.LeftButton and _is_near(event.position(), view)

    def drag(self, event: QMouseEvent, view: SliceView) -> None:
        if self._from is None:
            self.moved.emit(min(max(event.position().x() / max(1, view.width()), 0.0), 1.0))
            return
        start, before = self._from
        by = event.position() - start
        self.windowed.emit(before.dragged(by.x(), -by.y()))

    def release(self, event: QMouseEvent, view: SliceView) -> None:
        self._from = None

    def cursor(self, at: QPointF, view: SliceView) -> Qt.CursorShape | None:
        return Qt.CursorShape.SplitHCursor if _is_near(at, view) else None

    def double_click(self, event: QMouseEvent, view: SliceView) -> bool:
        if event.button() != Button.LeftButton or not _is_near(event.position(), view):
            return False
        self.moved.emit(0.5)
        return True

    def _caption(self, layer: Layer) -> str:
        """What is mixed with what: on a board the scan in front has the first field."""
        front, other = self._names
        if layer.region.way == "checkers":
            return f"{front} | {other}"
        share = round(100 * layer.overlay.opacity)
        return f"{front} {100 - share} % · {other} {share} %"


def _line_in(view: SliceView) -> float | None:
    """Where the line stands across a picture; None where there is none."""
    layer = layer_in(view.viewing)
    return None if layer is None or layer.region.way != "swipe" else layer.region.share * view.width()


def _is_near(at: QPointF, view: SliceView) -> bool:
    line = _line_in(view)
    if line is None:
        return False
    away = QPointF(at.x() - line, at.y() - view.height() / 2)
    return abs(away.x()) <= REACH or QPointF.dotProduct(away, away) <= (KNOB + 2) ** 2
