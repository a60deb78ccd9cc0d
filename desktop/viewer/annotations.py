"""Painting what is written and drawn over a picture."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.corners import corners_of, letter_boxes
from desktop.viewer.plates import PAD, plate, put, width_of
from engine.pictures.legend import Legend

ARM, GAP = 14, 5
CLEAR = 16
TICK = 4
UNDER, OVER = 4.0, 2.0


def draw_legend(painter: QPainter, area: QRect, legend: Legend) -> float:
    """The four corner blocks, as far as there is room for them.

    Tells how far above the lower edge there is room for something else at the right.
    """
    corners = corners_of(legend, area, QFontMetricsF(painter.font()))
    color = theme.current().on_image
    for text in corners.texts:
        put(painter, plate(text.words, painter.font(), color, _ratio(painter)), text.box)
    return corners.above


def draw_letters(painter: QPainter, area: QRect, letters: tuple[str, ...]) -> None:
    """The anatomical letters in the middle of the edges; a `?` in the colour of a warning."""
    bold = QFont(painter.font())
    bold.setPixelSize(SIZES.section)
    bold.setBold(True)
    for box, letter in zip(letter_boxes(area), letters, strict=True):
        color = theme.DARK.warn if letter == "?" else theme.current().on_image
        put(painter, plate(letter, bold, color, _ratio(painter)), QRectF(box))


def draw_mark(painter: QPainter, x: float, y: float) -> None:
    """The chosen voxel: four arms that leave the voxel itself free."""
    arms = [(QPointF(x + s * GAP, y), QPointF(x + s * ARM, y)) for s in (-1, 1)]
    arms += [(QPointF(x, y + s * GAP), QPointF(x, y + s * ARM)) for s in (-1, 1)]
    _draw_lines(painter, arms, theme.DARK.accent)


def draw_crosshair(painter: QPainter, area: QRect, at: QPointF) -> None:
    """Where the other planes cut this one; the middle is left free."""
    edges = (QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
    ends = (QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
    clear_x, clear_y = QPointF(CLEAR, 0), QPointF(0, CLEAR)
    lines = [(edges[0], at - clear_x), (at + clear_x, edges[1]), (ends[0], at - clear_y), (at + clear_y, ends[1])]
    painter.setPen(QPen(QColor(theme.DARK.accent), 1))
    painter.drawLines([QLineF(begin, end) for begin, end in lines if _leads(begin, end)])


def _leads(begin: QPointF, end: QPointF) -> bool:
    return begin.x() <= end.x() and begin.y() <= end.y()


def draw_bar(painter: QPainter, area: QRect, length: float, words: str, above: float) -> None:
    """A scale bar at the right, so far above the lower edge."""
    right = float(area.right() - SIZES.s - PAD)
    base = round(area.bottom() - above - SIZES.s)
    begin, end = QPointF(right - length, base), QPointF(right, base)
    up = QPointF(0, TICK)
    _draw_lines(painter, [(begin, end), (begin, begin - up), (end, end - up)], theme.current().on_image)
    image = plate(words, painter.font(), theme.current().on_image, _ratio(painter))
    width = width_of(image)
    put(painter, image, QRectF(right - width, base - TICK - _height(painter), width, _height(painter)))


def _draw_lines(painter: QPainter, lines: list[tuple[QPointF, QPointF]], color: str) -> None:
    for shade, width in (("#000000", UNDER), (color, OVER)):
        painter.setPen(QPen(QColor(shade), width))
        for begin, end in lines:
            painter.drawLine(begin, end)


def _height(painter: QPainter) -> int:
    return painter.fontMetrics().height() + PAD


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()
