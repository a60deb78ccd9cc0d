"""What is painted where slices have not come yet: hatched, so that nobody takes it for a picture."""

from itertools import groupby

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from desktop import theme
from desktop.viewer.plates import plate, put
from engine.imaging.volume import Array
from engine.pictures.camera import Placement
from engine.pictures.viewing import Viewing

Span = tuple[int, int]
LOADING = "Loading this slice"


def draw_missing(painter: QPainter, viewing: Viewing, placement: Placement, seen: QRectF) -> None:
    """Hatch what is missing of a slice; where that is all of it, say so in the middle of what is `seen`."""
    missing = viewing.missing()
    if missing is None:
        return
    for box in missing_boxes(viewing, missing, placement):
        _hatch(painter, box.toAlignedRect().toRectF().intersected(seen))
    if missing.all():
        whole = QRectF(*placement.to_screen(0, 0), *_size(viewing, placement))
        image = plate(LOADING, painter.font(), theme.DARK.muted, painter.device().devicePixelRatioF(), seen.width())
        put(painter, image, whole.intersected(seen))


def missing_boxes(viewing: Viewing, missing: Array, placement: Placement) -> list[QRectF]:
    """The rectangles of the screen that hold what is missing."""
    columns, rows = viewing.plane.columns, viewing.plane.rows
    down = spans(missing[:, 0]) if missing.shape[0] > 1 else [(0, rows)]
    across = spans(missing[0]) if missing.shape[1] > 1 else [(0, columns)]
    return [_box(placement, left, top, right, bottom) for top, bottom in down for left, right in across]


def spans(flags: Array) -> list[Span]:
    """The stretches of true values, from the first of each to behind the last."""
    groups = groupby(enumerate(np.ravel(flags).tolist()), key=lambda pair: pair[1])
    stretches = [[index for index, _ in members] for flag, members in groups if flag]
    return [(stretch[0], stretch[-1] + 1) for stretch in stretches]


def _box(placement: Placement, left: int, top: int, right: int, bottom: int) -> QRectF:
    x, y = placement.to_screen(left, top)
    end_x, end_y = placement.to_screen(right, bottom)
    return QRectF(x, y, end_x - x, end_y - y)


def _size(viewing: Viewing, placement: Placement) -> tuple[float, float]:
    return (viewing.plane.columns * placement.across, viewing.plane.rows * placement.down)


def _hatch(painter: QPainter, box: QRectF) -> None:
    painter.fillRect(box, QColor(theme.DARK.ground))
    painter.fillRect(box, QBrush(QColor(theme.DARK.line), Qt.BrushStyle.BDiagPattern))
