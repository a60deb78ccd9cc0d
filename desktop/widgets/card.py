"""A framed thing one can click, or reach with Tab and press."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box

PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Card(QFrame):
    """`name` is what screen readers say; a card that is not `hot` only shows."""

    clicked = Signal()

    def __init__(self, name: str, *, hot: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setProperty("hot", hot)
        self.setAccessibleName(name)
        self.hot = hot
        if hot:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column = column_box(self, gap=SIZES.xs, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self.hot and inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hot and event.key() in PRESSES:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
