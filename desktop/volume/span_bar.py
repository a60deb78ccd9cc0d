"""A bar with a grip at either end: from where to where something is kept."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.theme import SIZES

GRIP = 6.0
TRACK = 4.0
NUDGE = 0.02


class SpanBar(QWidget):
    """`places` are the two ends, from 0 to 1. `moved` tells side (0 low, 1 high) and place as a hand wishes them."""

    moved = Signal(int, float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = (0.0, 1.0)
        self._side = 0
        self._held = False
        self.setFixedHeight(SIZES.xl)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}: pull an end to hide what lies beyond it; a double click shows all again")

    def sizeHint(self) -> QSize:
        return QSize(6 * SIZES.xl, SIZES.xl)

    def show_places(self, low: float, high: float) -> None:
        self.places = (low, high)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        low, high = (self._x(place) for place in self.places)
        for color, begin, end in ((tokens.line, GRIP, self.width() - GRIP), (tokens.accent, low, high)):
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(begin, middle - TRACK / 2, end - begin, TRACK), TRACK / 2, TRACK / 2)
        for side, x in enumerate((low, high)):
            lit = self.hasFocus() and side == self._side
            painter.setPen(QPen(QColor(tokens.text if lit else tokens.accent), 1.5))
            painter.setBrush(QColor(tokens.panel))
            painter.drawEllipse(QPointF(x, middle), GRIP - 1, GRIP - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position().x()
        low, high = (self._x(place) for place in self.places)
        self._side, self._held = int(abs(at - high) < abs(at - low) or (low == high and at > high)), True
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            room = max(1.0, self.width() - 2 * GRIP)
            self.moved.emit(self._side, min(max((event.position().x() - GRIP) / room, 0.0), 1.0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(0, 0.0)
        self.moved.emit(1, 1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -NUDGE, Qt.Key.Key_Right: NUDGE}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            self._side = 1 - self._side
            self.update()
        elif by is not None:
            self.moved.emit(self._side, min(max(self.places[self._side] + by, 0.0), 1.0))
        else:
            super().keyPressEvent(event)

    def _x(self, place: float) -> float:
        return GRIP + place * (self.width() - 2 * GRIP)
