"""The last line of the window: what just happened, what it may be used for, where it computes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.runs import Runs
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.text import Elided, text

CONDITION = "Research use only - not for clinical use"
HEIGHT = 26


class StatusLine(QFrame):
    """A message at the left, the condition of use always, the device at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setFixedHeight(HEIGHT)
        self.message = Elided("", "caption", "muted")
        self.condition = text(CONDITION, "caption", "warn")
        self.device = text("", "caption", "muted")
        self.device.hide()
        row = row_box(self, gap=SIZES.l, margins=(SIZES.l, 0, SIZES.l, 0))
        row.addWidget(self.message, 1)
        row.addWidget(self.condition)
        row.addWidget(self.device)

    def say(self, message: str) -> None:
        self.message.setText(message)

    def follow(self, runs: Runs) -> None:
        """Name the device of the run under way as soon as it has told it, and keep it afterwards."""

        def look() -> None:
            if runs.active is not None and runs.active.progress.device:
                self.show_device(runs.active.progress.device)

        def look_at_run() -> None:
            if runs.active is not None:
                runs.active.changed.connect(look, Qt.ConnectionType.UniqueConnection)
            look()

        runs.changed.connect(look_at_run)

    def show_device(self, words: str) -> None:
        """Name the device in use; an empty text hides it."""
        self.device.setText(words)
        self.device.setVisible(bool(words))
