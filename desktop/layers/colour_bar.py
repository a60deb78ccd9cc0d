"""What the colours of the layer on top mean: a bar at the right edge of the picture."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.comparing.laying import KEY as COMPARED
from desktop.layers.gradients import gradient
from desktop.theme import SIZES
from desktop.viewer.corners import is_narrow, letter_boxes
from desktop.viewer.over import Over
from desktop.viewer.plates import PAD, plate, width_of
from engine.pictures.layer import Layer
from engine.pictures.wording import span_words

if TYPE_CHECKING:
    from desktop.viewer.slice_view import SliceView

WIDE, TALLEST, LEAST = 8, 140, 56
WIDEST_WORDS = 110.0
STEPS = 128
LINES_ABOVE = 2


class ColourBar(Over):
    """Stands between the texts of the upper corner and the letter at the middle of the edge, where there is room."""

    def paint(self, painter: QPainter, view: "SliceView") -> None:
        layers = () if view.viewing is None else view.viewing.layers
        layer = explained(layers)
        box = place_of(view.rect(), painter.fontMetrics().height() + PAD)
        if layer is None or box is None or not view.inscription.spoken:
            return
        painter.drawImage(QRectF(box), gradient(layer.overlay.colour_map, STEPS, upright=True))
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
        painter.drawRect(box.adjusted(-1, -1, 0, 0))
        overlay = layer.overlay
        low, high = (span_words(value, overlay.high - overlay.low) for value in (overlay.low, overlay.high))
        unit = f" {layer.unit}" if layer.unit and layer.unit != "arbitrary" else ""
        self._write(painter, f"{high}{unit}", box.left(), box.top())
        if not is_narrow(view.rect()):
            self._write(painter, layer.name, box.left(), box.center().y())
        self._write(painter, low, box.left(), box.bottom())

    def _write(self, painter: QPainter, words: str, right: int, middle: int) -> None:
        ratio = painter.device().devicePixelRatioF()
        image = plate(words, painter.font(), theme.current().on_image, ratio, WIDEST_WORDS)
        height = image.deviceIndependentSize().height()
        painter.drawImage(round(right - SIZES.xs - width_of(image)), round(middle - height / 2), image)


def explained(layers: tuple[Layer, ...]) -> Layer | None:
    """The one on top whose colours stand for values."""
    seen = (layer for layer in layers[::-1] if layer.shown and layer.kind != "mask" and layer.region.way == "whole")
    return next((layer for layer in seen if layer.overlay.colour_map != "mask" and layer.key != COMPARED), None)


def place_of(area: QRect, line: int) -> QRect | None:
    """Where the bar stands in a picture; None where there is no room."""
    letter = letter_boxes(area)[1]
    top = area.top() + SIZES.s + LINES_ABOVE * line + line
    bottom = letter.top() - line
    height = min(bottom - top, TALLEST)
    return None if height < LEAST else QRect(area.right() - SIZES.s - WIDE, top, WIDE, height)
