"""A step of the recipe as a card: its number, its name, what it says in a line, and its settings."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import Elided, text

BADGE = 20


class StepCard(QFrame):
    """`edited` when the user changed something in it."""

    edited = Signal()

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.badge = Badge(number)
        self.summary = Elided("", tone="muted")
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = row_box(gap=SIZES.s)
        head.addWidget(self.badge)
        head.addWidget(text(title, "section"))
        head.addWidget(self.summary, 1)
        self.column = column_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.m, SIZES.m, SIZES.m))
        self.column.addLayout(head)


class Badge(QWidget):
    """The number of a step in a disc; a tick of colour tells whether the step is in order."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = str(number)
        self._tone = "muted"
        self.setFixedSize(BADGE, BADGE)

    def sizeHint(self) -> QSize:
        return QSize(BADGE, BADGE)

    def set_tone(self, tone: str) -> None:
        """Colour the disc by another token."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        plain = self._tone == "muted"
        painter.setBrush(QColor(tokens.raised if plain else getattr(tokens, self._tone)))
        painter.drawEllipse(QPointF(BADGE / 2, BADGE / 2), BADGE / 2 - 0.5, BADGE / 2 - 0.5)
        font = self.font()
        font.setPixelSize(SIZES.caption)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if plain else tokens.on_accent))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._number)
