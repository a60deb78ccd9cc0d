"""How the values inside an area are spread."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.theme import SIZES
from engine.measure import Histogram, plain

HEIGHT = 84


class RegionHistogram(QWidget):
    """A bar per bin over the least and the greatest edge; all frames of a scan have the same bins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.histogram = Histogram()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("How often each value occurs inside the area, in this frame")

    def sizeHint(self) -> QSize:
        return QSize(2 * HEIGHT, HEIGHT)

    def show_histogram(self, histogram: Histogram) -> None:
        """Show a distribution, or an empty one."""
        if histogram != self.histogram:
            self.histogram = histogram
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.histogram.counts:
            return
        painter = QPainter(self)
        font = QFont(painter.font())
        font.setPixelSize(SIZES.caption)
        painter.setFont(font)
        floor = self.height() - painter.fontMetrics().height() - SIZES.xs
        painter.fillRect(QRectF(0, floor, self.width(), 1), QColor(theme.current().line))
        self._draw_bars(painter, floor)
        self._draw_ends(painter)

    def _draw_bars(self, painter: QPainter, floor: float) -> None:
        counts = self.histogram.counts
        width, tallest = self.width() / len(counts), max(*counts, 1)
        for place, count in enumerate(counts):
            height = count / tallest * (floor - SIZES.xs)
            bar = QRectF(place * width, floor - height, max(width - 1, 1), height)
            painter.fillRect(bar, QColor(theme.current().accent))

    def _draw_ends(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.current().muted))
        low, high = self.histogram.ends
        sides = ((low, Qt.AlignmentFlag.AlignLeft), (high, Qt.AlignmentFlag.AlignRight))
        for value, side in sides:
            painter.drawText(self.rect(), side | Qt.AlignmentFlag.AlignBottom, plain(value))
