"""The plot of one voxel's signal along the frames."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QGraphicsItem, QStackedLayout, QWidget

from desktop import theme
from desktop.plots.themed import ThemedPlot, pen
from desktop.theme import SIZES
from desktop.viewer.signal import Curve, curve_at
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import text
from engine.pictures.viewing import Viewing

HEIGHT = 140
DOT, PRESENT = 7, 11
VALUE_WIDTH = 56
HINT = "Click into the picture to see how the signal of that voxel changes from frame to frame."


class SignalPlot(ThemedPlot):
    """A dot per frame, the present one filled; straight lines join the dots unless a fitted course does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.joined = True
        self.line = pg.PlotDataItem(symbol="o", symbolSize=DOT, antialias=True)
        self.present = pg.PlotDataItem(symbol="o", symbolSize=PRESENT, antialias=True)
        self.fitted = pg.PlotDataItem(antialias=True)
        super().__init__("", parent)
        self.addItem(self.fitted)
        self.addItem(self.line)
        self.addItem(self.present)
        self.getAxis("left").setWidth(VALUE_WIDTH)
        for side in ("left", "bottom"):
            self.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def name_across(self, title: str) -> None:
        """Say what runs along the frames."""
        self._across = title
        self._paint_axes()

    def recolour(self) -> None:
        tokens = theme.current()
        self.fitted.setPen(pen(tokens.muted, 1.5))
        self.line.setPen(pen(tokens.accent, 1.5) if self.joined else None)
        self.line.setSymbolPen(pen(tokens.accent, 1.5))
        self.line.setSymbolBrush(QColor(tokens.panel))
        self.present.setSymbolPen(pen(tokens.panel, 1.5))
        self.present.setSymbolBrush(QColor(tokens.accent))


class SignalCurve(QFrame):
    """Shows a curve with the present frame marked; `frame_wanted` tells the frame that was clicked."""

    frame_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curve: Curve | None = None
        self._frame = 0
        self.plot = SignalPlot()
        self.name = text("", "caption", "muted")
        self.told = text("", "caption")
        self._hint = text(HINT, tone="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drawn = QWidget()
        column = column_box(self._drawn, margins=(SIZES.m, SIZES.s, SIZES.s, 0))
        head = row_box(gap=SIZES.m)
        head.addWidget(self.name)
        head.addWidget(self.told)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self._drawn)
        self.setMinimumHeight(HEIGHT)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.plot.scene().sigMouseClicked.connect(self._clicked)

    def follow(self, viewing: Viewing | None) -> None:
        """Show the signal of the voxel marked in what is looked at, or how to mark one; nothing of a single frame.

        The curve grows with what is there of a scan.
        """
        if viewing is None or viewing.volume.frames == 1:
            return
        if viewing.marked is None:
            self.clear()
        else:
            x, y, z = viewing.marked
            self.show_curve(curve_at(viewing, viewing.marked), viewing.frame, f"Voxel {x}, {y}, {z}")

    def show_curve(self, curve: Curve, frame: int, name: str) -> None:
        """Show the signal of the voxel called `name`, and which frame is on the screen."""
        if (curve, frame, name) == (self.curve, self._frame, self.name.text()):
            return
        if self.curve is None or curve.title != self.curve.title:
            self.plot.name_across(curve.title)
        if curve != self.curve:
            self.curve = curve
            self._draw_all(curve)
        self.name.setText(name)
        self._frame = frame
        _draw(self.plot.present, curve.positions[frame : frame + 1], curve.values[frame : frame + 1])
        self._stack.setCurrentWidget(self._drawn)

    def _draw_all(self, curve: Curve) -> None:
        """The dots; between them the fitted course where there is one, else straight lines."""
        fit = curve.fit
        drawn = fit is not None and bool(fit.positions)
        _draw(self.plot.line, curve.positions, curve.values)
        self.plot.joined = not drawn
        self.plot.recolour()
        _draw(self.plot.fitted, fit.positions if fit else (), fit.values if fit else ())
        self.told.setText(fit.told if fit else "")

    def clear(self) -> None:
        """Say how to get a curve."""
        self.curve = None
        self._stack.setCurrentWidget(self._hint)

    def frame_near(self, point: QPointF) -> int | None:
        """The frame nearest to a point of the plot's scene."""
        if self.curve is None:
            return None
        positions = self.curve.positions
        x = self.plot.getPlotItem().vb.mapSceneToView(point).x()
        return min(range(len(positions)), key=lambda i: abs(positions[i] - x))

    def _clicked(self, event: Any) -> None:
        frame = self.frame_near(event.scenePos())
        if frame is not None:
            self.frame_wanted.emit(frame)


def _draw(item: pg.PlotDataItem, positions: tuple[float, ...], values: tuple[float, ...]) -> None:
    """Give the plot what can be drawn: pyqtgraph fails in its paint where no value is a number."""
    heights = np.where(np.isfinite(values), values, np.nan)
    if np.isnan(heights).all():
        item.setData([], [])
    else:
        item.setData(positions, heights, connect="finite")
