"""A round glass over a picture that shows what lies under the pointer enlarged."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop import theme
from desktop.viewer.canvas import Canvas
from engine.pictures.camera import Placement
from engine.pictures.layer import Layer
from engine.pictures.viewing import Viewing

RADIUS = 110
ENLARGED = 2.0
RIM = 2.0


class Magnifier:
    """Twice as large as the picture, and at least a pixel of it for each of the screen's."""

    def __init__(self) -> None:
        self._canvas = Canvas()

    def draw(self, painter: QPainter, viewing: Viewing, placement: Placement, at: QPointF, smooth: bool) -> None:
        """Draw the glass with its middle at `at`, where the picture lies as it does beneath."""
        ratio = painter.device().devicePixelRatioF()
        glass, rim = QPainterPath(), QRectF(at.x() - RADIUS, at.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
        glass.addEllipse(rim)
        painter.save()
        painter.setClipPath(glass)
        painter.fillRect(rim, QColor(theme.current().image))
        painter.translate(rim.topLeft())
        self._canvas.smooth = smooth
        there = enlarged(placement, at, ratio)
        seen = swiped_alike(viewing, placement, there, painter.device().width())
        self._canvas.paint(painter, seen, there, QSize(2 * RADIUS, 2 * RADIUS), ratio)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.DARK.muted), RIM))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rim)

    def forget(self) -> None:
        """Keep nothing of what was painted."""
        self._canvas.forget()


def enlarged(placement: Placement, at: QPointF, ratio: float) -> Placement:
    """Where the picture lies in the glass, whose left top corner is the origin; what lies at `at` is in its middle."""
    factor = max(ENLARGED, 1 / (ratio * min(placement.across, placement.down)))
    left = RADIUS - factor * (at.x() - placement.left)
    top = RADIUS - factor * (at.y() - placement.top)
    return Placement(left, top, factor * placement.across, factor * placement.down)


def swiped_alike(viewing: Viewing, placement: Placement, there: Placement, width: int) -> Viewing:
    """What lies beyond a line across the view of this `width`, beyond the same line of the picture in the glass."""

    def moved(layer: Layer) -> Layer:
        if layer.region.way != "swipe":
            return layer
        column, _ = placement.to_picture(layer.region.share * width, 0)
        return replace(layer, region=replace(layer.region, share=there.to_screen(column, 0)[0] / (2 * RADIUS)))

    return replace(viewing, layers=tuple(moved(layer) for layer in viewing.layers)) if viewing.layers else viewing
