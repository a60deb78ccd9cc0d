"""A slim slider whose steps can be seen: one tick per slice or frame while there is room for them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from desktop import theme
from desktop.theme import SIZES

THICK = 24
KNOB = 6.0
TICK = 3.0
SPARSE = 6.0
SHORTEST = 48


class Track(QAbstractSlider):
    """Least at the left or the top. A click goes there, a drag follows, the wheel steps."""

    def __init__(self, orientation: Qt.Orientation, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(orientation)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setInvertedControls(not self._lying)
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((wide, fixed) if self._lying else (fixed, wide)))

    def sizeHint(self) -> QSize:
        return QSize(SHORTEST, THICK) if self._lying else QSize(THICK, SHORTEST)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_position(self, value: int, count: int) -> None:
        """Stand at step `value` of `count` without telling anyone."""
        blocked = self.blockSignals(True)
        self.setRange(0, max(0, count - 1))
        self.setValue(value)
        self.blockSignals(blocked)
        self.setEnabled(count > 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(self._at(self.minimum()), self._at(self.maximum()))
        if not self.isEnabled():
            return
        self._draw_ticks(painter)
        lit = self.hasFocus() or self.isSliderDown() or self.underMouse()
        painter.setPen(QPen(QColor(tokens.ground), 2))
        painter.setBrush(QColor(tokens.accent if lit else tokens.muted))
        painter.drawEllipse(self._at(self.value()), KNOB, KNOB)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._step_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._step_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.setValue(self.value() + (1 if event.angleDelta().y() < 0 else -1))
        event.accept()

    @property
    def _lying(self) -> bool:
        return self.orientation() == Qt.Orientation.Horizontal

    @property
    def _length(self) -> float:
        return max(1.0, (self.width() if self._lying else self.height()) - 2.0 * SIZES.s)

    def _at(self, value: int) -> QPointF:
        share = (value - self.minimum()) / max(1, self.maximum() - self.minimum())
        along = SIZES.s + share * self._length
        return QPointF(along, self.height() / 2) if self._lying else QPointF(self.width() / 2, along)

    def _step_at(self, point: QPointF) -> int:
        share = ((point.x() if self._lying else point.y()) - SIZES.s) / self._length
        return self.minimum() + round(min(max(share, 0.0), 1.0) * (self.maximum() - self.minimum()))

    def _draw_ticks(self, painter: QPainter) -> None:
        steps = self.maximum() - self.minimum()
        if steps == 0 or self._length / steps < SPARSE:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().muted))
        for value in range(self.minimum(), self.maximum() + 1):
            point = self._at(value)
            painter.drawEllipse(QRectF(point.x() - TICK / 2, point.y() - TICK / 2, TICK, TICK))
