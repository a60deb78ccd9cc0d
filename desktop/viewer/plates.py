"""Texts on dark plates, legible over any picture: each is drawn once and kept, for they stand in every paint."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

PLATE = QColor(0, 0, 0, 200)
PAD = 3
KEPT = 400

_kept: dict[tuple[str, str, str, float, float], QImage] = {}


def plate(words: str, font: QFont, color: str, ratio: float, widest: float = 0.0) -> QImage:
    """The text on its plate for a screen of the given pixel ratio; cut short where `widest` is less."""
    key = (words, font.key(), color, ratio, widest)
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = _drawn(words, font, color, ratio)
        if widest and width_of(_kept[key]) > widest:
            room = int(widest) - 2 * PAD
            short = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
            _kept[key] = _drawn(short, font, color, ratio)
    return _kept[key]


def width_of(image: QImage) -> float:
    """In device-independent pixels."""
    return image.deviceIndependentSize().width()


def put(painter: QPainter, image: QImage, box: QRectF) -> None:
    """Draw a plate in the middle of a box."""
    size = image.deviceIndependentSize()
    middle = box.center()
    painter.drawImage(QPointF(round(middle.x() - size.width() / 2), round(middle.y() - size.height() / 2)), image)


def _drawn(words: str, font: QFont, color: str, ratio: float) -> QImage:
    metrics = QFontMetrics(font)
    width, height = metrics.horizontalAdvance(words) + 2 * PAD, metrics.height() + PAD
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(PLATE)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return image
