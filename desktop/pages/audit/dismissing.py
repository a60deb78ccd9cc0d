"""Saying that a finding is no problem, with a reason, or that it is one after all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text

ASKED = "Why is it no problem?"


class Question(QWidget):
    """Asks for the reason; `answered(reason)` when one was given."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(ASKED)
        self.reason.setPlaceholderText("Such as: both knees of one patient, on purpose")
        self.keep = push("Not a problem", self._answer, kind="primary", tip="The reason is kept in the workspace")
        self.keep.setEnabled(False)
        row = row_box(gap=SIZES.s)
        row.addWidget(self.reason, 1)
        row.addWidget(push("Cancel", self.hide, kind="quiet"))
        row.addWidget(self.keep)
        column = column_box(self, gap=SIZES.xs)
        column.addWidget(text(ASKED, "caption", "muted"))
        column.addLayout(row)
        self.reason.textChanged.connect(lambda words: self.keep.setEnabled(bool(words.strip())))
        self.reason.returnPressed.connect(self._answer)
        self.hide()

    def ask(self) -> None:
        """Come in sight, ready to be typed into."""
        self.reason.clear()
        self.show()
        self.reason.setFocus()

    def _answer(self) -> None:
        if words := self.reason.text().strip():
            self.hide()
            self.answered.emit(words)
