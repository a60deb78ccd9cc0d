"""A labelled choice between words, in the measure of the forms."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.text import text

NAME_WIDTH = 88


class Combo(QComboBox):
    """Leaves the wheel to the page it lies in, and never asks for more room than there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceRow(QWidget):
    """A name and a combo box of (words, data) pairs; `chosen(data)` by the user only."""

    chosen = Signal(object)

    def __init__(self, name: str, tip: str = "") -> None:
        super().__init__()
        self.combo = Combo(name)
        self.combo.setToolTip(tip)
        self.combo.activated.connect(lambda _: self.chosen.emit(self.combo.currentData()))
        label = text(name, tone="muted")
        label.setFixedWidth(NAME_WIDTH)
        label.setBuddy(self.combo)
        row = row_box(self, gap=SIZES.s)
        row.addWidget(label)
        row.addWidget(self.combo, 1)

    def offer(self, pairs: Sequence[tuple[str, Any]], current: Any) -> None:
        """The choices; one that is not among them is added, since the recipe says so."""
        self.combo.clear()
        for words, data in pairs:
            self.combo.addItem(words, data)
        if self.combo.findData(current) < 0:
            self.combo.addItem(f"{current} (not in the cohort)", current)
        self.combo.setCurrentIndex(self.combo.findData(current))
