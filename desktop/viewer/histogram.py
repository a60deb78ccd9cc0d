"""The distribution of a scan's values with the window over it, to be pulled with the mouse."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.scan_values import Histogram
from engine.pictures.window import Window

HEIGHT = 96
RAMP = 8
REACH = 8.0
MARGIN = 0.04


class HistogramView(QWidget):
    """Counts on a logarithmic scale. `wanted` tells the window as pulled: by an edge, or all of it."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.histogram: Histogram | None = None
        self.window_shown: Window | None = None
        self._grip = ""
        self._before = (0.0, Window(0, 1))
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setToolTip("How often each value occurs. Pull an edge of the window, or all of it.")

    def sizeHint(self) -> QSize:
        return QSize(2 * HEIGHT, HEIGHT)

    def show_histogram(self, histogram: Histogram | None, window: Window | None) -> None:
        """Show the distribution under a window, or nothing."""
        self.histogram, self.window_shown = histogram, window
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.histogram is None or self.window_shown is None:
            return
        self._draw_counts(painter, self.histogram)
        self._draw_window(painter, self.window_shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.window_shown is not None and event.button() == Qt.MouseButton.LeftButton:
            self._grip = self._grip_at(event.position().x())
            self._before = (event.position().x(), self.window_shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._grip:
            self._point_out(event.position().x())
            return
        start, before = self._before
        by = (event.position().x() - start) * self._per_pixel()
        self.wanted.emit(_pulled(before, self._grip, by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = ""

    def _span(self) -> tuple[float, float]:
        assert self.histogram is not None
        spare = MARGIN * (self.histogram.high - self.histogram.low)
        return (self.histogram.low - spare, self.histogram.high + spare)

    def _per_pixel(self) -> float:
        low, high = self._span()
        return (high - low) / max(1, self.width())

    def _x(self, value: float) -> float:
        return (value - self._span()[0]) / self._per_pixel()

    def _grip_at(self, x: float) -> str:
        assert self.window_shown is not None
        low, high = self._x(self.window_shown.low), self._x(self.window_shown.high)
        if min(abs(x - low), abs(x - high)) <= REACH:
            return "low" if abs(x - low) < abs(x - high) else "high"
        return "all" if low < x < high else ""

    def _point_out(self, x: float) -> None:
        grip = self._grip_at(x) if self.window_shown is not None and self.histogram is not None else ""
        shapes = {"": Qt.CursorShape.ArrowCursor, "all": Qt.CursorShape.OpenHandCursor}
        self.setCursor(shapes.get(grip, Qt.CursorShape.SizeHorCursor))

    def _draw_counts(self, painter: QPainter, histogram: Histogram) -> None:
        heights = np.log1p(histogram.counts)
        heights = heights / max(1e-9, float(heights.max())) * (self.height() - RAMP - SIZES.s)
        floor, step = self.height() - RAMP - SIZES.xs, (histogram.high - histogram.low) / len(heights)
        steps = [
            QPointF(self._x(histogram.low + edge * step), floor - float(height))
            for i, height in enumerate(heights)
            for edge in (i, i + 1)
        ]
        ends = [QPointF(self._x(value), floor) for value in (histogram.high, histogram.low)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().muted))
        painter.drawPolygon(QPolygonF([*steps, *ends]))

    def _draw_window(self, painter: QPainter, window: Window) -> None:
        tokens = theme.current()
        low, high = (min(max(self._x(v), 0.0), float(self.width())) for v in (window.low, window.high))
        veil = QColor(tokens.accent)
        veil.setAlpha(48)
        painter.fillRect(QRectF(low, 0, high - low, self.height() - RAMP - SIZES.xs), veil)
        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        for x in (low, high):
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height() - RAMP - SIZES.xs))
        ramp = QLinearGradient(low, 0, max(high, low + 1), 0)
        ends = ("#FFFFFF", "#000000") if window.inverted else ("#000000", "#FFFFFF")
        for place, color in enumerate(ends):
            ramp.setColorAt(place, QColor(color))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(ramp)
        painter.drawRect(QRectF(0.5, self.height() - RAMP - 0.5, self.width() - 1, RAMP))


def _pulled(before: Window, grip: str, by: float) -> Window:
    if grip == "all":
        return replace(before, level=before.level + by)
    low, high = before.low, before.high
    return (
        Window.between(min(low + by, high), high, before.inverted)
        if grip == "low"
        else Window.between(low, max(high + by, low), before.inverted)
    )
