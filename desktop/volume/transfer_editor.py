"""The transfer function over the distribution of the scan's values, its points to be pulled with the mouse."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QColorDialog, QSizePolicy, QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.scan_values import Histogram
from desktop.volume.transfer import Colour, Transfer

HEIGHT = 132
REACH = 9.0
DOT = 4.5
MARGIN = 0.03
SURFACE = -2


class TransferEditor(QWidget):
    """`wanted` tells the function as pulled; `surface_wanted` the surface's value, where one is shown.

    A double click adds a point, or asks for the colour of the one under it; a right click takes one away.
    """

    wanted = Signal(object)
    surface_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.transfer: Transfer | None = None
        self.surface: float | None = None
        self.histogram: Histogram | None = None
        self._held: int | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setToolTip(
            "How solid each value is. Pull a point; double-click to add one or to colour it, right-click to remove it."
        )

    def sizeHint(self) -> QSize:
        return QSize(2 * HEIGHT, HEIGHT)

    def show_transfer(self, transfer: Transfer | None, histogram: Histogram | None, surface: float | None) -> None:
        """Show a function, or in its place the value of a surface."""
        self.transfer, self.histogram, self.surface = transfer, histogram, surface
        self.update()

    def spot(self, index: int) -> QPointF:
        """Where a point of the function is drawn."""
        assert self.transfer is not None
        point = self.transfer.points[index]
        return QPointF(self._x(point.value), self._y(point.opacity))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().ground))
        painter.drawRoundedRect(self.rect(), SIZES.corner, SIZES.corner)
        if self.transfer is None or self.histogram is None:
            return
        self._draw_counts(painter, self.histogram)
        if self.surface is not None:
            self._draw_surface(painter, self.surface)
        else:
            self._draw_function(painter, self.transfer)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._under(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._held is None:
            near = self._under(at) is not None
            self.setCursor(Qt.CursorShape.OpenHandCursor if near else Qt.CursorShape.ArrowCursor)
        elif self._held == SURFACE:
            self.surface_wanted.emit(self._value(at.x()))
        elif self.transfer is not None:
            self.wanted.emit(self.transfer.moved(self._held, self._value(at.x()), self._opacity(at.y())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._held = None
        if self.transfer is None or self.surface is not None:
            return
        under = self._under(event.position())
        if under is not None:
            self._ask_colour(under)
            return
        at = event.position()
        self.wanted.emit(self.transfer.with_point(self._value(at.x()), self._opacity(at.y())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        under = self._under(QPointF(event.pos()))
        if self.transfer is not None and under is not None and under >= 0:
            self.wanted.emit(self.transfer.without(under))

    def _ask_colour(self, index: int) -> None:
        assert self.transfer is not None
        chosen = QColorDialog.getColor(QColor(*self.transfer.points[index].colour), self, "Colour of this value")
        if chosen.isValid():
            colour: Colour = (chosen.red(), chosen.green(), chosen.blue())
            self.wanted.emit(self.transfer.coloured(index, colour))

    def _under(self, at: QPointF) -> int | None:
        if self.transfer is None or self.histogram is None:
            return None
        if self.surface is not None:
            return SURFACE if abs(self._x(self.surface) - at.x()) <= REACH else None
        far = [(self.spot(index) - at).manhattanLength() for index in range(len(self.transfer.points))]
        nearest = int(np.argmin(far))
        return nearest if far[nearest] <= 1.5 * REACH else None

    def _span(self) -> tuple[float, float]:
        assert self.histogram is not None
        low, high = self.histogram.low, self.histogram.high
        if self.transfer is not None and self.surface is None:
            low, high = min(low, self.transfer.low), max(high, min(self.transfer.high, 2 * high - low))
        spare = MARGIN * (high - low)
        return (low - spare, high + spare)

    def _x(self, value: float) -> float:
        low, high = self._span()
        return (value - low) / (high - low) * self.width()

    def _value(self, x: float) -> float:
        low, high = self._span()
        return low + x / max(1, self.width()) * (high - low)

    def _y(self, opacity: float) -> float:
        return SIZES.s + (1 - opacity) * (self.height() - SIZES.l)

    def _opacity(self, y: float) -> float:
        return min(max(1 - (y - SIZES.s) / (self.height() - SIZES.l), 0.0), 1.0)

    def _draw_counts(self, painter: QPainter, histogram: Histogram) -> None:
        heights = np.log1p(histogram.counts)
        heights = heights / max(1e-9, float(heights.max())) * (self.height() - SIZES.l)
        step = (histogram.high - histogram.low) / len(heights)
        floor = self._y(0.0)
        steps = [
            QPointF(self._x(histogram.low + edge * step), floor - float(height))
            for i, height in enumerate(heights)
            for edge in (i, i + 1)
        ]
        ends = [QPointF(self._x(value), floor) for value in (histogram.high, histogram.low)]
        painter.setBrush(QColor(theme.current().line))
        painter.drawPolygon(QPolygonF([*steps, *ends]))

    def _draw_function(self, painter: QPainter, transfer: Transfer) -> None:
        spots = [self.spot(index) for index in range(len(transfer.points))]
        line = [QPointF(0, spots[0].y()), *spots, QPointF(self.width(), spots[-1].y())]
        ramp = QLinearGradient(spots[0].x(), 0, max(spots[-1].x(), spots[0].x() + 1), 0)
        for point, spot in zip(transfer.points, spots, strict=True):
            place = (spot.x() - spots[0].x()) / max(spots[-1].x() - spots[0].x(), 1e-6)
            ramp.setColorAt(min(max(place, 0.0), 1.0), QColor(*point.colour, 150))
        painter.setBrush(ramp)
        floor = [QPointF(self.width(), self._y(0.0)), QPointF(0, self._y(0.0))]
        painter.drawPolygon(QPolygonF([*line, *floor]))
        painter.setPen(QPen(QColor(theme.current().text), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(line))
        for point, spot in zip(transfer.points, spots, strict=True):
            painter.setBrush(QColor(*point.colour))
            painter.drawEllipse(spot, DOT, DOT)

    def _draw_surface(self, painter: QPainter, value: float) -> None:
        x = self._x(value)
        veil = QColor(theme.current().accent)
        veil.setAlpha(48)
        painter.fillRect(QRectF(x, 0, max(0.0, self.width() - x), self.height()), veil)
        painter.setPen(QPen(QColor(theme.current().accent), 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setBrush(QColor(theme.current().panel))
        painter.drawEllipse(QPointF(x, self.height() / 2), DOT + 1, DOT + 1)
