"""How the line between two scans is drawn, and what is written beside it."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.plates import plate, put, width_of

KNOB = 13.0
ARROW = 4.0
CORNER = 80
BELOW_LETTER = SIZES.s + SIZES.section + 2 * SIZES.s


def draw_line(painter: QPainter, at: float, height: int) -> None:
    """A line from top to bottom, and a handle in the middle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent, middle = QColor(theme.DARK.accent), QPointF(at, height / 2)
    for colour, width in ((QColor("#000000"), 3.0), (accent, 1.0)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(at, 0), QPointF(at, height))
    painter.setPen(QPen(accent, 1.5))
    painter.setBrush(QColor(theme.DARK.panel))
    painter.drawEllipse(middle, KNOB, KNOB)
    for side in (-1, 1):
        tip = middle + QPointF(side * (KNOB - ARROW), 0)
        back = QPointF(-side * ARROW, 0)
        painter.drawPolyline([tip + back + QPointF(0, -ARROW), tip, tip + back + QPointF(0, ARROW)])


def draw_names(painter: QPainter, at: float, width: int, names: tuple[str, str]) -> None:
    """Each on its side of the line, where there is room for it."""
    for name, room, side in ((names[0], at, -1), (names[1], width - at, 1)):
        image = plate(name, painter.font(), theme.current().on_image, painter.device().devicePixelRatioF())
        wide = width_of(image)
        if name and wide + 2 * SIZES.s <= room:
            left = at - SIZES.s - wide if side < 0 else at + SIZES.s
            put(painter, image, QRectF(left, BELOW_LETTER, wide, image.deviceIndependentSize().height()))


def draw_caption(painter: QPainter, words: str, width: int) -> None:
    """In the middle, below the upper letter; not where it would lie on the texts of the corner."""
    image = plate(words, painter.font(), theme.current().on_image, painter.device().devicePixelRatioF())
    if width_of(image) + 2 * CORNER > width:
        return
    put(painter, image, QRectF(0, BELOW_LETTER, width, image.deviceIndependentSize().height()))


def draw_note(painter: QPainter, note: str, names: int, width: int) -> None:
    """In the colour of a warning below the names of the scan and the value under the pointer; in two lines where
    one is too narrow."""
    font, ratio = painter.font(), painter.device().devicePixelRatioF()
    room = width - 2 * SIZES.s
    whole = plate(note, font, theme.DARK.warn, ratio)
    lines = [whole]
    if width_of(whole) > room and ": " in note:
        parts = note.split(": ", 1)
        lines = [plate(words, font, theme.DARK.warn, ratio, room) for words in (f"{parts[0]}:", parts[1])]
    height = whole.deviceIndependentSize().height()
    for i, image in enumerate(lines):
        put(painter, image, QRectF(SIZES.s, SIZES.s + (names + 1 + i) * height, width_of(image), height))
