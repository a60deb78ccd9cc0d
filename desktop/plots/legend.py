"""What the lines of a plot mean, beside its title and not on top of the data."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.plots.themed import pen
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font

LINE = 18
FAINT = 150


@dataclass(frozen=True)
class Sample:
    """A line as it is drawn, and its name; `tone` is a token's."""

    words: str
    tone: str
    width: float
    faint: bool = False
    dashed: bool = False


class Legend(QWidget):
    """Samples in a row."""

    def __init__(self) -> None:
        super().__init__()
        self._samples: tuple[Sample, ...] = ()

    def show_samples(self, samples: tuple[Sample, ...]) -> None:
        """Explain these lines."""
        if samples != self._samples:
            self._samples = samples
            self.setAccessibleName("Legend: " + ", ".join(sample.words for sample in samples))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._width(sample) for sample in self._samples), SIZES.xl)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, SIZES.xl)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(caption_font(self.font()))
        left, middle = max(0, self.width() - self.sizeHint().width()), self.height() // 2
        for sample in self._samples:
            alpha = FAINT if sample.faint else 255
            painter.setPen(pen(getattr(tokens, sample.tone), sample.width, alpha=alpha, dashed=sample.dashed))
            painter.drawLine(left, middle, left + LINE, middle)
            painter.setPen(tokens.muted)
            box = self.rect().adjusted(left + LINE + SIZES.xs + 2, 0, 0, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, sample.words)
            left += self._width(sample)

    def _width(self, sample: Sample) -> int:
        from PySide6.QtGui import QFontMetrics

        words = QFontMetrics(caption_font(self.font())).horizontalAdvance(sample.words)
        return LINE + SIZES.xs + 2 + words + SIZES.l
