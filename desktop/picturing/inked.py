"""What is written over a slice, as letters instead of pixels: for paper, where it stays sharp and can be searched."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer import annotations
from desktop.viewer.corners import corners_of, letter_boxes
from desktop.viewer.inscription import Inscription, crossing_of
from desktop.viewer.plates import PAD, PLATE
from engine.pictures.camera import Placement
from engine.pictures.legend import edge_letters
from engine.pictures.viewing import Viewing


def write(painter: QPainter, area: QRect, inscription: Inscription, viewing: Viewing, placement: Placement) -> None:
    """The same as the inscription draws on the screen."""
    crossing = crossing_of(viewing, placement)
    if inscription.crosshair and crossing is not None:
        annotations.draw_crosshair(painter, area, crossing)
    if viewing.marked is not None and viewing.plane.holds(viewing.marked, viewing.index):
        annotations.draw_mark(painter, *placement.to_screen(*viewing.plane.point_of(viewing.marked)))
    corners = corners_of(inscription.words(area, viewing), area, QFontMetricsF(painter.font()))
    for text in corners.texts:
        _plate(painter, text.box, text.words)
    _letters(painter, area, edge_letters(viewing, inscription.unsure))
    length = inscription.bar(area, viewing, placement)
    if length is not None:
        end = QPointF(area.right() - SIZES.s - PAD, area.bottom() - corners.above - SIZES.s)
        _bar(painter, end, length * placement.px_per_mm(viewing.plane.pixel_mm), length)


def _letters(painter: QPainter, area: QRect, letters: tuple[str, ...]) -> None:
    bold = QFont(painter.font())
    bold.setPixelSize(SIZES.section)
    bold.setBold(True)
    painter.save()
    painter.setFont(bold)
    for box, letter in zip(letter_boxes(area), letters, strict=True):
        _plate(painter, QRectF(box), letter, theme.DARK.warn if letter == "?" else "")
    painter.restore()


def _bar(painter: QPainter, end: QPointF, length: float, mm: int) -> None:
    begin, up = QPointF(end.x() - length, end.y()), QPointF(0, annotations.TICK)
    for shade, width in (("#000000", annotations.UNDER), (theme.current().on_image, annotations.OVER)):
        painter.setPen(QPen(QColor(shade), width))
        painter.drawPolyline([begin - up, begin, end, end - up])
    words = f"{mm} mm"
    width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2 * PAD
    line = _line(painter)
    _plate(painter, QRectF(end.x() - width, end.y() - annotations.TICK - line, width, line), words)


def _plate(painter: QPainter, box: QRectF, words: str, color: str = "") -> None:
    painter.fillRect(box, PLATE)
    painter.setPen(QColor(color or theme.current().on_image))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _line(painter: QPainter) -> float:
    return QFontMetricsF(painter.font()).height() + PAD
