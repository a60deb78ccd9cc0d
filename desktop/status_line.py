"""The last line of the window: what just happened, what it may be used for, where it computes."""

from PySide6.QtWidgets import QFrame, QWidget

from desktop.run_watch import RunWatch
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
        self._runs: Runs | None = None
        self._run: RunWatch | None = None
        row = row_box(self, gap=SIZES.l, margins=(SIZES.l, 0, SIZES.l, 0))
        row.addWidget(self.message, 1)
        row.addWidget(self.condition)
        row.addWidget(self.device)

    def say(self, message: str) -> None:
        self.message.setText(message)

    def follow(self, runs: Runs) -> None:
        """Name the device of the run under way as soon as it has told it, and keep it afterwards."""
        self._runs = runs
        runs.changed.connect(self._watch)

    def _watch(self) -> None:
        run = self._runs.active if self._runs is not None else None
        if run is not None and run is not self._run:
            self._run = run
            run.changed.connect(self._name_device)
            self._name_device()

    def _name_device(self) -> None:
        if self._run is not None and self._run.progress.device:
            self.show_device(self._run.progress.device)

    def show_device(self, words: str) -> None:
        """Name the device in use; an empty text hides it."""
        self.device.setText(words)
        self.device.setVisible(bool(words))
