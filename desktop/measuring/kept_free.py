"""What of a picture is written on already, so that labels go elsewhere."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from desktop.theme import SIZES
from desktop.viewer.corners import corners_of, letter_boxes
from desktop.viewer.plates import PAD
from desktop.viewer.slice_view import SliceView

POINTED = 240.0


def kept_free(view: SliceView) -> list[QRectF]:
    """Where letters of the edges, texts of the corners and scale bar stand; the view shows something.

    Under the names there is room for what the pointer is on, so that labels do not jump when it moves.
    """
    assert view.viewing is not None
    area, metrics = view.rect(), QFontMetricsF(view.font())
    corners = corners_of(view.inscription.words(area, view.viewing), area, metrics)
    names = len(view.names) if view.inscription.texts else 0
    line = metrics.height() + PAD
    pointed = QRectF(SIZES.s, SIZES.s + names * line, POINTED, line)
    written = [text.box for text in corners.texts]
    return [*map(QRectF, letter_boxes(area)), *written, pointed, _bar(view, corners.above, line)]


def _bar(view: SliceView, above: float, line: float) -> QRectF:
    """Where the scale bar stands with its length, so far above the lower edge; empty where there is none."""
    assert view.viewing is not None
    area = QRectF(view.rect())
    length = view.inscription.bar(view.rect(), view.viewing, view.placement)
    if length is None:
        return QRectF()
    wide = length * view.placement.px_per_mm(view.viewing.plane.pixel_mm) + SIZES.s + 2 * PAD
    high = line + 2 * SIZES.s
    return QRectF(area.right() - wide, area.bottom() - above - high, wide, high)
