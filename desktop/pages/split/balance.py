"""Class balance: a bar per part, in the colours of the classes, with the head counts in it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.cohort_rows import counted
from desktop.pages.split.parts import EXPLAINED, NAMES, part_color
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font

ROW, BAR, LABEL, TOTAL, NARROWEST = 28, 18, 72, 108, 260


class Balance(QWidget):
    """All bars are as long as the panel: what is compared is the share of each class, the counts are written."""

    def __init__(self, color: Callable[[str], str]) -> None:
        super().__init__()
        self.counts: Mapping[str, Mapping[str, int]] = {}
        self._color = color
        self._unit = "patient"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(NARROWEST)

    def show_counts(
        self, counts: Mapping[str, Mapping[str, int]], classes: Sequence[str], unit: str = "patient"
    ) -> None:
        """Heads by part and class, the `classes` in their order; `unit` is what one of them is."""
        self.counts = {part: {name: heads[name] for name in classes if name in heads} for part, heads in counts.items()}
        self._unit = unit
        self.setAccessibleDescription("; ".join(self._words(part) for part in counts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST, ROW * max(1, len(self.counts)))

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            parts = list(self.counts)
            number = event.pos().y() // ROW
            QToolTip.showText(event.globalPos(), self._words(parts[number]) if number < len(parts) else "", self)
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, (part, heads) in enumerate(self.counts.items()):
                self._paint_row(painter, number * ROW, part, heads)

    def _paint_row(self, painter: QPainter, top: int, part: str, heads: Mapping[str, int]) -> None:
        tokens, total = theme.current(), sum(heads.values())
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        painter.setFont(self.font())
        painter.fillRect(QRectF(0, top + (ROW - BAR) / 2, 3, BAR), QColor(part_color(part)))
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRectF(SIZES.s, top, LABEL, ROW), middle, NAMES[part])
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRectF(self.width() - TOTAL, top, TOTAL, ROW), middle | right, counted(total, self._unit))
        lane = QRectF(LABEL, top + (ROW - BAR) / 2, max(self.width() - LABEL - TOTAL, 1), BAR)
        left = lane.left()
        painter.setFont(caption_font(self.font()))
        for name in heads:
            width = lane.width() * heads[name] / max(total, 1)
            box = QRectF(left, lane.top(), max(width - 1, 1), BAR)
            color = QColor(self._color(name))
            painter.fillRect(box, color)
            words = f"{heads[name]:,}"
            if painter.fontMetrics().horizontalAdvance(words) + SIZES.xs < width:
                painter.setPen(QColor("black" if color.lightnessF() > 0.45 else "white"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            left += width

    def _words(self, part: str) -> str:
        heads = self.counts[part]
        total = max(sum(heads.values()), 1)
        classes = "\n".join(f"{name}: {heads[name]:,} ({heads[name] / total:.0%})" for name in heads)
        return f"{EXPLAINED[part]}\n{classes}"
