"""A pyqtgraph plot that takes its colours and type from the theme."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QGraphicsItem, QWidget

from desktop import theme
from desktop.theme import SIZES

AXIS_WIDTH = 44
AXIS_HEIGHT = 34
GRID = 90


class ThemedPlot(pg.PlotWidget):
    """Quiet axes, a faint grid, no menu, no panning: for reading, not for playing."""

    def __init__(self, across: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._across = across
        self.setFrameShape(self.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.getPlotItem().setContentsMargins(0, SIZES.xs, SIZES.s, 0)
        for side in ("left", "bottom"):
            self.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.getAxis("left").setWidth(AXIS_WIDTH)
        self.getAxis("bottom").setHeight(AXIS_HEIGHT)
        theme.themed.connect(self._paint_axes)
        self._paint_axes()

    def wheelEvent(self, event: object) -> None:
        """Leave the wheel to what the plot lies in."""
        event.ignore()  # type: ignore[attr-defined]

    def recolour(self) -> None:
        """Colour what was drawn in the present theme."""

    def _paint_axes(self, *_: object) -> None:
        tokens = theme.current()
        font = QFont(self.font())
        font.setPixelSize(SIZES.caption)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=SIZES.xs)
            axis.setTextPen(tokens.muted)
            axis.setPen(pg.mkPen(tokens.line))
            axis.setTickPen(pg.mkPen(tokens.line))
            axis.setGrid(GRID)
        self.setBackground(tokens.panel)
        self.getAxis("left").setPen(pg.mkPen(None))
        self.setLabel("bottom", self._across, color=tokens.muted, **{"font-size": f"{SIZES.caption}px"})
        self.recolour()


def pen(color: str, width: float = 1.0, *, alpha: int = 255, dashed: bool = False) -> QPen:
    """A line of the plot; cosmetic, so that zoom does not thicken it."""
    tint = QColor(color)
    tint.setAlpha(alpha)
    made = QPen(tint, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
    made.setCosmetic(True)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made
