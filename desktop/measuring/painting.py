"""Painting shapes: lines with a dark one under them, handles, figures beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.corners import letter_boxes
from desktop.viewer.plates import plate, put

LINE = theme.OKABE_ITO[3]
OVER, LIT, EDGE = 1.5, 2.25, 2.0
SIDE = 7.0
ARC = 18.0
BESIDE = 10.0
Points = Sequence[QPointF]


@dataclass(frozen=True)
class Label:
    """What is written beside a shape whose line goes through these points."""

    words: str
    tone: str
    points: Points

    @property
    def around(self) -> QRectF:
        """What the shape takes up."""
        return QPolygonF(list(self.points)).boundingRect().adjusted(-EDGE, -EDGE, EDGE, EDGE)


def draw_shape(painter: QPainter, points: Points, *, closed: bool, lit: bool, chosen: bool) -> None:
    """The line of a shape, heavier while the pointer is on it or it is selected."""
    line = QPolygonF(list(points))
    over = LIT if lit or chosen else OVER
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shade, width in ((theme.current().image, over + EDGE), (LINE, over)):
        painter.setPen(_pen(shade, width))
        if closed:
            painter.drawPolygon(line)
        else:
            painter.drawPolyline(line)


def draw_arc(painter: QPainter, first: QPointF, vertex: QPointF, second: QPointF) -> None:
    """The arc between the arms of an angle, where these are long enough for it."""
    ways = [end - vertex for end in (first, second)]
    if min(math.hypot(way.x(), way.y()) for way in ways) < ARC:
        return
    begin, end = (math.degrees(math.atan2(-way.y(), way.x())) for way in ways)
    span = (end - begin + 180) % 360 - 180
    painter.setPen(_pen(LINE, 1.0))
    box = QRectF(vertex.x() - ARC, vertex.y() - ARC, 2 * ARC, 2 * ARC)
    painter.drawArc(box, round(begin * 16), round(span * 16))


def draw_frame(painter: QPainter, corners: Points) -> None:
    """What an ellipse touches, faintly, so that its handles stand on something."""
    painter.setPen(QPen(QColor(LINE), 1, Qt.PenStyle.DotLine))
    painter.drawPolygon(QPolygonF(list(corners)))


def draw_handles(painter: QPainter, points: Points) -> None:
    """Squares to pull at."""
    painter.setPen(QPen(QColor(theme.current().image), 1))
    painter.setBrush(QColor(LINE))
    for point in points:
        painter.drawRect(QRectF(point.x() - SIDE / 2, point.y() - SIDE / 2, SIDE, SIDE))


def draw_labels(painter: QPainter, labels: Sequence[Label], area: QRectF, kept: Sequence[QRectF] = ()) -> None:
    """The figures beside shapes, within the view and apart from each other; the last is placed first.

    What is not in sight has none. Where there is room elsewhere they leave out what is `kept` free.
    """
    shown = [label for label in labels if label.words and label.around.intersects(area)]
    taken: list[QRectF] = []
    for label in reversed(shown):
        others = [other.around for other in shown if other is not label]
        image = plate(label.words, painter.font(), label.tone, _ratio(painter), area.width() - 2 * SIZES.s)
        taken.append(label_box(image.deviceIndependentSize(), label.points, area, taken, others, kept))
        put(painter, image, taken[-1])


def label_box(
    size: QSizeF,
    points: Points,
    area: QRectF,
    taken: Sequence[QRectF] = (),
    shunned: Sequence[QRectF] = (),
    kept: Sequence[QRectF] = (),
) -> QRectF:
    """Where a label of that size stands: right of a shape, or elsewhere about it where that is taken, kept, or shunned.

    Of a shape that leaves no room about it, on the shape itself.
    """
    inner = area.adjusted(SIZES.xs, SIZES.xs, -SIZES.xs, -SIZES.xs)
    wished = [QRectF(corner, size) for corner in _corners(size, points)]
    beside = [box for box in wished if inner.contains(box)]
    pushed = [*(_within(box, inner) for box in wished), *_upon(size, points, inner)]
    tries = ((beside, (taken, kept, shunned)), (beside, (taken, kept)), (pushed, (taken, kept)), (beside, (taken,)))
    found = (box for boxes, others in tries for box in boxes if not _meets(box, others))
    return next(found, pushed[0])


def _meets(box: QRectF, others: Sequence[Sequence[QRectF]]) -> bool:
    return any(box.intersects(other) for some in others for other in some)


def _corners(size: QSizeF, points: Points) -> list[QPointF]:
    """The left upper corners of a label at the right of a shape, at its left, below, above it, and at its corners."""
    right, left = max(points, key=QPointF.x), min(points, key=QPointF.x)
    low, high = max(points, key=QPointF.y), min(points, key=QPointF.y)
    width, height = size.width(), size.height()
    return [
        QPointF(right.x() + BESIDE, right.y() - height / 2),
        QPointF(left.x() - BESIDE - width, left.y() - height / 2),
        QPointF(low.x() - width / 2, low.y() + BESIDE),
        QPointF(high.x() - width / 2, high.y() - BESIDE - height),
        *(
            QPointF(x, y)
            for x in (right.x() + BESIDE, left.x() - BESIDE - width)
            for y in (low.y() - height, high.y(), low.y() + BESIDE, high.y() - BESIDE - height)
        ),
    ]


def _upon(size: QSizeF, points: Points, area: QRectF) -> list[QRectF]:
    """Places on a shape, a quarter of the way from its sides: letters stand in the middle of edges."""
    around = QPolygonF(list(points)).boundingRect().intersected(area)
    boxes = [QRectF(QPointF(), size) for _ in range(4)]
    for box, (across, down) in zip(boxes, ((0.75, 0.25), (0.25, 0.25), (0.75, 0.75), (0.25, 0.75)), strict=True):
        box.moveCenter(QPointF(around.left() + across * around.width(), around.top() + down * around.height()))
    return [_within(box, area) for box in boxes]


def _within(box: QRectF, area: QRectF) -> QRectF:
    """Moved as little as it takes to be inside; its begin is kept where it does not fit."""
    left = max(min(box.left(), area.right() - box.width()), area.left())
    top = max(min(box.top(), area.bottom() - box.height()), area.top())
    return QRectF(QPointF(left, top), box.size())


def draw_hint(painter: QPainter, words: str, area: QRectF) -> None:
    """What the tool waits for, in the middle above the lower letter."""
    below = letter_boxes(area.toRect())[3]
    image = plate(words, painter.font(), theme.current().on_image, _ratio(painter), area.width() - 2 * SIZES.s)
    size = image.deviceIndependentSize()
    put(
        painter,
        image,
        QRectF(
            area.center().x() - size.width() / 2, below.top() - SIZES.xs - size.height(), size.width(), size.height()
        ),
    )


def _pen(shade: str, width: float) -> QPen:
    return QPen(QColor(shade), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()
