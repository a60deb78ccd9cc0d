"""Head counts as stacked bars in the colours of the classes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font

ROW, BAND = 34, 16
WIDEST_NAME, NARROWEST = 130, 240
PARTED = 1.5


@dataclass(frozen=True)
class Segment:
    """A class within a bar; no label is the empty text."""

    name: str
    heads: int


@dataclass(frozen=True)
class Bar:
    """`heads` is what its patients or scans are in all, which may be less than the segments where scans differ."""

    name: str
    heads: int
    segments: tuple[Segment, ...]

    @property
    def length(self) -> int:
        """How long it is."""
        return sum(segment.heads for segment in self.segments)


class StackedBars(QWidget):
    """A bar below another on one scale, or each as shares of one whole."""

    def __init__(self, color: Callable[[str], str]) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.shares = False
        self._color = color
        self._unit = "patients"
        self.setAccessibleName("Head counts as bars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_bars(self, bars: Sequence[Bar], unit: str) -> None:
        """Show these."""
        self.bars, self._unit = tuple(bars), unit
        self.setAccessibleDescription("; ".join(_words(bar, unit) for bar in bars))
        self.setMinimumSize(NARROWEST, ROW * max(1, len(bars)))
        self.updateGeometry()
        self.update()

    def show_shares(self, shares: bool) -> None:
        """Make all bars equally long, or as long as their heads."""
        self.shares = shares
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST, ROW * max(1, len(self.bars)))

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            number = event.pos().y() // ROW
            words = _words(self.bars[number], self._unit) if 0 <= number < len(self.bars) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    def segments(self) -> list[tuple[Bar, Segment, QRectF]]:
        """Where each class of each bar is drawn."""
        lane, placed = self._lane(), []
        longest = max((bar.length for bar in self.bars), default=0) or 1
        for number, bar in enumerate(self.bars):
            left, whole = lane.left(), (bar.length or 1) if self.shares else longest
            for segment in bar.segments:
                width = lane.width() * segment.heads / whole
                placed.append((bar, segment, QRectF(left, number * ROW + (ROW - BAND) / 2, width, BAND)))
                left += width
        return placed

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_words(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            for _, segment, box in self.segments():
                if segment.heads:
                    self._paint_segment(painter, segment, box)

    def _paint_segment(self, painter: QPainter, segment: Segment, box: QRectF) -> None:
        """What has no label is hatched: it is no class."""
        tokens = theme.current()
        inner = box.adjusted(0, 0, -PARTED if box.width() > 2 * PARTED else 0, 0)
        if segment.name:
            painter.fillRect(inner, QColor(self._color(segment.name)))
        else:
            painter.fillRect(inner, QColor(tokens.raised))
            painter.fillRect(inner, QBrush(QColor(tokens.muted), Qt.BrushStyle.BDiagPattern))

    def _paint_words(self, painter: QPainter) -> None:
        tokens, lane = theme.current(), self._lane()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, bar in enumerate(self.bars):
            row = QRectF(0, number * ROW, self.width(), ROW)
            painter.setFont(self.font())
            painter.setPen(QColor(tokens.text))
            name = self.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, round(lane.left()) - SIZES.s)
            painter.drawText(row, left, name)
            painter.setFont(caption_font(self.font()))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(row, right, _number(bar.heads))

    def _lane(self) -> QRectF:
        """Where the bars are, between names and numbers."""
        names, small = self.fontMetrics(), QFontMetrics(caption_font(self.font()))
        widest = max((names.horizontalAdvance(bar.name) for bar in self.bars), default=0)
        left = min(WIDEST_NAME, widest) + SIZES.m
        right = max((small.horizontalAdvance(_number(bar.heads)) for bar in self.bars), default=0) + SIZES.s
        return QRectF(left, 0, max(1, self.width() - left - right), self.height())


def _number(heads: int) -> str:
    return f"{heads:,}".replace(",", "\u2009")


def _words(bar: Bar, unit: str) -> str:
    parts = [
        f"{segment.name or 'no label'} {_number(segment.heads)} ({segment.heads / bar.length:.0%})".replace("%", " %")
        for segment in bar.segments
        if segment.heads
    ]
    return f"{bar.name}: {_number(bar.heads)} {unit}" + "".join(f"\n{part}" for part in parts)
