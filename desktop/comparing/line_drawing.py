"""How the line between two scans is drawn, and what is written beside it."""

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.annotations import TICK
from desktop.viewer.corners import corners_of, has_room_for_bar, is_narrow, letter_boxes
from desktop.viewer.plates import PAD, plate, put, width_of
from engine.pictures.legend import Legend

KNOB = 13.0
ARROW = 4.0
LOWEST = 110
LEAST = 40
POINTED = "0"
WHITE, DARK = "#ffffff", "#000000"


def draw_line(painter: QPainter, at: float, height: int) -> None:
    """A white line with dark edges from top to bottom, unlike a crosshair's, and a handle in the middle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(at, height / 2)
    for colour, width in ((DARK, 5.0), (WHITE, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(QPointF(at, 0), QPointF(at, height))
    painter.setBrush(QColor(theme.DARK.panel))
    for colour, width in ((DARK, 4.0), (WHITE, 1.5)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(middle, KNOB, KNOB)
    for side in (-1, 1):
        tip = middle + QPointF(side * (KNOB - ARROW), 0)
        back = QPointF(-side * ARROW, 0)
        painter.drawPolyline([tip + back + QPointF(0, -ARROW), tip, tip + back + QPointF(0, ARROW)])


def draw_names(painter: QPainter, at: float, area: QRect, names: tuple[str, str]) -> None:
    """Each on its side of the line, as much of it as there is room for."""
    for name, room, side in ((names[0], at, -1), (names[1], area.width() - at, 1)):
        if name and room >= LEAST and area.height() >= LOWEST:
            image = _plate(painter, name, room - 2 * SIZES.s)
            wide = width_of(image)
            left = at - SIZES.s - wide if side < 0 else at + SIZES.s
            put(painter, image, QRectF(left, _top(painter, area), wide, _high(painter)))


def draw_caption(painter: QPainter, words: str, area: QRect) -> None:
    """In the middle, above what stands at the lower edge."""
    if area.height() >= LOWEST:
        image = _plate(painter, words, area.width() - 2 * SIZES.s)
        put(painter, image, QRectF(0, _top(painter, area), area.width(), _high(painter)))


def draw_notes(painter: QPainter, notes: tuple[str, ...], names: tuple[str, ...], area: QRect) -> None:
    """In the colour of a warning below the names of the scan and the value under the pointer; each in two lines where
    one is too narrow."""
    room, below = area.width() - 2 * SIZES.s, _below_names(painter, names, area)
    lines = [line for note in notes for line in _lines(painter, note, room)]
    for i, words in enumerate(lines):
        image = _plate(painter, words, room, theme.DARK.warn)
        put(painter, image, QRectF(SIZES.s, below + i * _high(painter), width_of(image), _high(painter)))


def _below_names(painter: QPainter, names: tuple[str, ...], area: QRect) -> float:
    """Where the names of a scan end, with a line for what is under the pointer, be there something or not."""
    texts = corners_of(Legend(top_left=(*names, POINTED)), area, QFontMetricsF(QFontMetricsF(painter.font()))).texts
    return max((text.box.bottom() for text in texts if text.box.top() < area.height() / 2), default=float(SIZES.s))


def _lines(painter: QPainter, note: str, room: int) -> list[str]:
    if painter.fontMetrics().horizontalAdvance(note) + 2 * PAD <= room or ": " not in note:
        return [note]
    first, rest = note.split(": ", 1)
    return [f"{first}:", rest]


def _top(painter: QPainter, area: QRect) -> float:
    """Above the corner texts, the letter and the scale bar at the lower edge, none of which moves with the pointer."""
    high = _high(painter)
    texts = area.bottom() - SIZES.s - 2 * high
    letter = letter_boxes(area)[3].top()
    bar = area.bottom() - 2 * SIZES.s - TICK - (3 if is_narrow(area) else 2) * high
    return min(texts, letter, bar if has_room_for_bar(area) else texts) - SIZES.xs - high


def _plate(painter: QPainter, words: str, room: float, colour: str = "") -> QImage:
    ratio = painter.device().devicePixelRatioF()
    return plate(words, painter.font(), colour or theme.current().on_image, ratio, room)


def _high(painter: QPainter) -> int:
    return painter.fontMetrics().height() + PAD
