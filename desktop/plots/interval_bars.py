"""Figures below one another: name, value, interval as a bar on one scale, and where chance lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.plots.themed import pen
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font

ROW = 26
BAND = 7
DOT = 4.5
FAINT = 95
SHORTEST = 36


@dataclass(frozen=True)
class BarRow:
    """A line; `value` None where the figure is not defined, `tip` says why or what else to know."""

    key: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    words: str
    interval: str
    chance: float | None = None
    scale: tuple[float, float] = (0.0, 1.0)
    tip: str = ""
    tone: str = "accent"


class IntervalBars(QWidget):
    """`chosen(key)` by a click or the arrow keys, where rows can be chosen."""

    chosen = Signal(str)

    def __init__(self, *, choosable: bool) -> None:
        super().__init__()
        self.rows: tuple[BarRow, ...] = ()
        self.current = ""
        self._choosable = choosable
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if choosable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_rows(self, rows: Sequence[BarRow], current: str = "") -> None:
        """Show these lines."""
        self.rows, self.current = tuple(rows), current
        self.setAccessibleDescription("; ".join(f"{row.name} {row.words} {row.interval}" for row in rows))
        self.setMinimumHeight(ROW * len(rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, ROW * max(1, len(self.rows)))

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), "" if row is None else _hover(row), self)
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(int(event.position().y()))
        if row is not None and self._choosable:
            self._choose(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        keys = [row.key for row in self.rows]
        if step and self._choosable and self.current in keys:
            self._choose(keys[max(0, min(len(keys) - 1, keys.index(self.current) + step))])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths = self._widths()
        for number, row in enumerate(self.rows):
            self._paint_row(painter, QRectF(0, number * ROW, self.width(), ROW), row, widths)

    def _choose(self, key: str) -> None:
        self.current = key
        self.update()
        self.chosen.emit(key)

    def _row_at(self, y: int) -> BarRow | None:
        number = y // ROW
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def _widths(self) -> tuple[float, float, float]:
        """Of names, values and intervals."""
        plain, small = QFontMetrics(self.font()), QFontMetrics(caption_font(self.font()))
        return (
            max((plain.horizontalAdvance(row.name) for row in self.rows), default=0) + SIZES.m,
            max((plain.horizontalAdvance(row.words) for row in self.rows), default=0) + SIZES.s,
            max((small.horizontalAdvance(row.interval) for row in self.rows), default=0) + SIZES.xs,
        )

    def _paint_row(self, painter: QPainter, box: QRectF, row: BarRow, widths: tuple[float, float, float]) -> None:
        tokens = theme.current()
        names, values, intervals = widths
        if self._choosable and row.key == self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.chosen))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), SIZES.xs, SIZES.xs)
        inner = box.adjusted(SIZES.s, 0, -SIZES.s, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.text))
        painter.drawText(inner, left, row.name)
        ends = QRectF(inner.right() - intervals, inner.top(), intervals, inner.height())
        number = QRectF(ends.left() - values - SIZES.xs, inner.top(), values, inner.height())
        painter.drawText(number, right, row.words)
        painter.setFont(caption_font(self.font()))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(ends, right, row.interval)
        lane = QRectF(inner.left() + names, inner.top(), number.left() - inner.left() - names - SIZES.s, inner.height())
        if lane.width() > SHORTEST:
            _paint_lane(painter, lane, row)


def _paint_lane(painter: QPainter, lane: QRectF, row: BarRow) -> None:
    tokens = theme.current()
    low, high = row.scale
    middle = lane.center().y()

    def place(value: float) -> float:
        return lane.left() + (min(max(value, low), high) - low) / (high - low) * lane.width()

    painter.setPen(pen(tokens.line, 1))
    painter.drawLine(QPointF(lane.left(), middle), QPointF(lane.right(), middle))
    if row.low is not None and row.high is not None:
        band = QColor(getattr(tokens, row.tone))
        band.setAlpha(FAINT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        start, end = place(row.low), place(row.high)
        painter.drawRoundedRect(QRectF(start, middle - BAND / 2, max(end - start, 2), BAND), BAND / 2, BAND / 2)
    if row.chance is not None:
        painter.setPen(pen(tokens.text, 1.2, alpha=190, dashed=True))
        painter.drawLine(QPointF(place(row.chance), lane.top() + 3), QPointF(place(row.chance), lane.bottom() - 3))
    if row.value is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(tokens, row.tone)))
        painter.drawEllipse(QPointF(place(row.value), middle), DOT, DOT)


def _hover(row: BarRow) -> str:
    chance = "" if row.chance is None else f"Dashed: what guessing reaches ({row.chance:.0%})".replace("%", " %")
    return "\n".join(line for line in (f"{row.name}: {row.words} {row.interval}", row.tip, chance) if line)
