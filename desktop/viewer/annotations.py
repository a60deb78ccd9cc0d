"""Painting what is written over a picture: legible over black and over white."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.legend import Legend

PLATE = QColor(0, 0, 0, 170)
PAD = 3
ARM, GAP = 14, 5
TICK = 4
Align = Qt.AlignmentFlag


def draw_legend(painter: QPainter, area: QRect, legend: Legend) -> None:
    """The four corner blocks; the lower ones make way for each other where the view is narrow."""
    rows = (
        (legend.top_left, Align.AlignLeft | Align.AlignTop),
        (legend.top_right, Align.AlignRight | Align.AlignTop),
        (legend.bottom_left, Align.AlignLeft | Align.AlignBottom),
        (legend.bottom_right, Align.AlignRight | Align.AlignBottom),
    )
    inner = area.adjusted(SIZES.s, SIZES.s, -SIZES.s, -SIZES.s)
    for lines, corner in rows:
        _draw_block(painter, _making_way(painter, inner, legend, corner), lines, corner)


def pointed_band(area: QRect, font_height: int, line: int) -> QRect:
    """Where the text under the cursor is written: what has to be painted again when only that changes."""
    height = font_height + PAD
    return QRect(area.left(), area.top() + SIZES.s + line * height, area.width(), height)


def letter_boxes(area: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """Where the letters of the left, right, top and bottom edge stand."""
    side = SIZES.section + 2 * PAD
    middle, centre = area.center().y() - side // 2, area.center().x() - side // 2
    near, far_x, far_y = SIZES.s, area.right() - SIZES.s - side, area.bottom() - SIZES.s - side
    return (
        QRect(near, middle, side, side),
        QRect(far_x, middle, side, side),
        QRect(centre, near, side, side),
        QRect(centre, far_y, side, side),
    )


def draw_letters(painter: QPainter, area: QRect, letters: tuple[str, ...]) -> None:
    """The anatomical letters in the middle of the edges."""
    bold = QFont(painter.font())
    bold.setPixelSize(SIZES.section)
    bold.setBold(True)
    painter.save()
    painter.setFont(bold)
    for box, letter in zip(letter_boxes(area), letters, strict=True):
        _plate(painter, QRectF(box))
        painter.setPen(QColor(theme.current().warn if letter == "?" else theme.current().on_image))
        painter.drawText(box, Align.AlignCenter, letter)
    painter.restore()


def draw_mark(painter: QPainter, x: float, y: float) -> None:
    """The chosen voxel: four arms that leave the voxel itself free."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    arms = [(QPointF(x + s * GAP, y), QPointF(x + s * ARM, y)) for s in (-1, 1)]
    arms += [(QPointF(x, y + s * GAP), QPointF(x, y + s * ARM)) for s in (-1, 1)]
    for color, width in (("#000000", 4.0), (theme.DARK.accent, 2.0)):
        painter.setPen(QPen(QColor(color), width))
        for begin, end in arms:
            painter.drawLine(begin, end)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def draw_bar(painter: QPainter, area: QRect, length: float, words: str) -> None:
    """A scale bar above the lower right corner's text."""
    right = float(area.right() - SIZES.s - PAD)
    base = area.bottom() - SIZES.s - 2 * (painter.fontMetrics().height() + 2 * PAD)
    ends = (QPointF(right - length, base), QPointF(right, base))
    for color, width in (("#000000", 4.0), (theme.current().on_image, 2.0)):
        painter.setPen(QPen(QColor(color), width))
        painter.drawLine(*ends)
        for end in ends:
            painter.drawLine(end, end - QPointF(0, TICK))
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(words) + 2 * PAD, metrics.height())
    box.moveBottomRight(QPointF(right, base - TICK - 2))
    _plate(painter, box)
    painter.setPen(QColor(theme.current().on_image))
    painter.drawText(box, Align.AlignCenter, words)


def _draw_block(painter: QPainter, area: QRect, lines: tuple[str, ...], corner: Align) -> None:
    metrics = painter.fontMetrics()
    height = metrics.height() + PAD
    shown = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, area.width() - 2 * PAD) for line in lines]
    top = area.top() if corner & Align.AlignTop else area.bottom() - height * len(lines)
    for line in shown:
        if line:
            width = metrics.horizontalAdvance(line) + 2 * PAD
            left = area.left() if corner & Align.AlignLeft else area.right() - width
            box = QRectF(left, top, width, height)
            _plate(painter, box)
            painter.setPen(QColor(theme.current().on_image))
            painter.drawText(box, Align.AlignCenter, line)
        top += height


def _making_way(painter: QPainter, area: QRect, legend: Legend, corner: Align) -> QRect:
    """The lower right block stands higher where its text would run into the lower left one's."""
    if corner != Align.AlignRight | Align.AlignBottom or not legend.bottom_left:
        return area
    metrics = painter.fontMetrics()
    needed = sum(metrics.horizontalAdvance(lines[-1]) for lines in (legend.bottom_left, legend.bottom_right))
    crowded = needed + 4 * SIZES.l > area.width()
    return area.adjusted(0, 0, 0, -2 * (metrics.height() + PAD)) if crowded else area


def _plate(painter: QPainter, box: QRectF) -> None:
    painter.fillRect(box, PLATE)
