"""A run that stopped before its end: what happened, what it means, and the way on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import restyle, text

if TYPE_CHECKING:
    from engine.runs.progress import RunProgress

WORDS = {
    "failed": ("bad", "The run failed"),
    "cancelled": ("warn", "The run was cancelled"),
    "interrupted": ("warn", "The run was interrupted"),
    "created": ("warn", "The run has not begun"),
}
NOTHING_LOST = "Finished folds and the last checkpoint are kept; resuming goes on from there."


class RunStopped(QFrame):
    """Hidden while the run works or is finished."""

    def __init__(self, resume: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.what = text("", wrap=True)
        self.hint = text("", "caption", "muted", wrap=True)
        self.resume: QPushButton = push("Resume", resume, icon="resume", kind="primary")
        self.resume.setToolTip("Go on with this run from where it stopped")
        words = column_box(gap=2)
        words.addWidget(self.what)
        words.addWidget(self.hint)
        row = row_box(self, gap=SIZES.m, margins=(SIZES.m, SIZES.s, SIZES.s, SIZES.s))
        row.addLayout(words, 1)
        row.addWidget(self.resume)
        self.hide()

    def show_progress(self, progress: "RunProgress", *, busy: bool) -> None:
        """Say how the run stopped; `busy` where another run has to end first."""
        state = str(progress.state)
        stopped = state in WORDS and not (state == "created" and busy)
        self.setVisible(stopped)
        if not stopped:
            return
        tone, words = WORDS[state]
        restyle(self, tone=tone)
        place = f" in fold {progress.fold} of {progress.folds}" if progress.fold else ""
        self.what.setText(f"{words}{place}{': ' + progress.error if progress.error else ''}.")
        self.hint.setText(progress.hint or NOTHING_LOST)
        self.resume.setEnabled(not busy)
