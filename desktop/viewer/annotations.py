"""Painting what is written and drawn over a picture."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.plates import PAD, plate, put, width_of
from engine.pictures.legend import Legend

ARM, GAP = 14, 5
CLEAR = 16
TICK = 4
NARROW = 420
NARROWEST = 240
LOW = 150
UNDER, OVER = 4.0, 2.0
Align = Qt.AlignmentFlag


def draw_legend(painter: QPainter, area: QRect, legend: Legend) -> float:
    """The four corner blocks; the lower right one makes way for the lower left one in a narrow view.

    Tells how far above the lower edge there is room for something else at the right.
    """
    inner = QRectF(area.adjusted(SIZES.s, SIZES.s, -SIZES.s, -SIZES.s))
    left = _plates(painter, legend.bottom_left, inner)
    right = _plates(painter, legend.bottom_right, inner)
    _draw_block(painter, inner, _plates(painter, legend.top_left, inner), Align.AlignLeft | Align.AlignTop)
    _draw_block(painter, inner, _plates(painter, legend.top_right, inner), Align.AlignRight | Align.AlignTop)
    _draw_block(painter, inner, left, Align.AlignLeft | Align.AlignBottom)
    needed = sum(width_of(lines[-1]) for lines in (left, right) if lines)
    if right and needed + (SIZES.m if is_narrow(area) else 4 * SIZES.l) > inner.width():
        inner.adjust(0, 0, 0, -_height(painter) * len(left))
    _draw_block(painter, inner, right, Align.AlignRight | Align.AlignBottom)
    lines = max(len(left), len(right)) if is_narrow(area) else len(right)
    return area.bottom() - inner.bottom() + _height(painter) * lines


def pointed_band(area: QRect, font_height: int, line: int) -> QRect:
    """Where the text under the cursor is written: what has to be painted again when only that changes."""
    height = font_height + PAD
    return QRect(area.left(), area.top() + SIZES.s + line * height - 1, area.width(), height + 2)


def is_narrow(area: QRect) -> bool:
    """Whether the lower corners' texts need the whole width: then letter and scale bar stand above them."""
    return area.width() < NARROW


def brevity(area: QRect) -> int:
    """How short the corner texts have to be: 0 in full, 1 in a narrow view, 2 in one that is low too."""
    return is_narrow(area) + (is_narrow(area) and is_low(area))


def _lines_below(area: QRect) -> int:
    """How many lines of the lower corners reach to the middle of a view."""
    if not is_narrow(area):
        return 0
    return 1 if is_low(area) else 2 if area.width() >= NARROWEST else 3


def is_low(area: QRect) -> bool:
    """Whether there is no room for more than a line in a corner."""
    return area.height() < LOW


def has_room_for_bar(area: QRect) -> bool:
    """Whether a scale bar would not lie on anything else."""
    return area.width() >= NARROWEST and area.height() >= NARROWEST


def letter_boxes(area: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """Where the letters of the left, right, top and bottom edge stand."""
    side = SIZES.section + 2 * PAD
    middle, centre = area.center().y() - side // 2, area.center().x() - side // 2
    lift = side * _lines_below(area)
    near, far_x, far_y = SIZES.s, area.right() - SIZES.s - side, area.bottom() - SIZES.s - side - lift
    return (
        QRect(near, middle, side, side),
        QRect(far_x, middle, side, side),
        QRect(centre, near, side, side),
        QRect(centre, far_y, side, side),
    )


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


def _plates(painter: QPainter, lines: tuple[str, ...], area: QRectF) -> list[QImage]:
    color, widest = theme.current().on_image, area.width()
    return [plate(line, painter.font(), color, _ratio(painter), widest) for line in lines if line]


def _draw_block(painter: QPainter, area: QRectF, lines: list[QImage], corner: Align) -> None:
    height = _height(painter)
    top = area.top() if corner & Align.AlignTop else area.bottom() - height * len(lines)
    for image in lines:
        width = width_of(image)
        left = area.left() if corner & Align.AlignLeft else area.right() - width
        put(painter, image, QRectF(left, top, width, height))
        top += height


def _height(painter: QPainter) -> int:
    return painter.fontMetrics().height() + PAD


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()
