"""Where suggestions begin: choose a finished run and have it suggest labels."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.cohort_rows import counted
from desktop.pages.review.asking import Asking
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import centred, column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.run_chooser import run_words
from desktop.widgets.text import text
from engine.cohort.suggestions import Standing

if TYPE_CHECKING:
    from desktop.runs import RunEntry

WIDEST = 460


class StartCard(QWidget):
    """`wanted(RunEntry)` when a run is to be asked, `left` when the user goes back to the review.

    `looked_back` when he wants to see what was decided.
    """

    wanted = Signal(object)
    left = Signal()
    looked_back = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.title = text("", "section", wrap=True)
        self.told = text("", tone="muted", wrap=True)
        self.outcome = text("", "caption", "warn", wrap=True)
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Finished run")
        self.ask = push("Suggest labels", self._ask, icon="check", kind="primary")
        self.train = push("Train a classifier", lambda: session.ask("go.train"), icon="train")
        self.back = push("Back to the review", self.left.emit)
        self.past = push("Look at the decisions", self.looked_back.emit)
        self._build()
        session.runs.list_changed.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer the finished runs, newest first."""
        kept = self.chooser.currentData()
        self.chooser.clear()
        for entry in self._session.runs.entries:
            if str(entry.state) == "finished":
                self.chooser.addItem(run_words(entry), entry.name)
        self.chooser.setCurrentIndex(max(0, self.chooser.findData(kept)))
        able = self.chooser.count() > 0
        for part in (self.chooser, self.ask):
            part.setVisible(able)
        self.train.setVisible(not able)
        self.told.setText(HOW if able else NO_RUN)

    def show_state(self, state: Standing, asking: Asking, waiting: int) -> None:
        """Say where the review stands, and what came of asking the last run."""
        title = "No labels are suggested yet"
        if state.decided:
            title = f"All decided: {state.accepted} accepted, {state.rejected} rejected"
        self.title.setText("Ask a run" if waiting else title)
        self.outcome.setText(asking.outcome)
        self.outcome.setVisible(bool(asking.outcome))
        self.ask.setEnabled(not asking.busy)
        self.ask.setText("Asking the run…" if asking.busy else "Suggest labels")
        self.back.setVisible(waiting > 0)
        self.back.setText(f"Back to {counted(waiting, 'open suggestion')}")
        self.past.setVisible(state.decided > 0)

    def _ask(self) -> None:
        entry: RunEntry | None = self._session.runs.entry(self.chooser.currentData())
        if entry is not None:
            self.wanted.emit(entry)

    def _build(self) -> None:
        words = QWidget()
        words.setMaximumWidth(WIDEST)
        column = column_box(words, gap=SIZES.m)
        for label in (self.title, self.told):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(self.chooser)
        buttons = row_box(gap=SIZES.s)
        buttons.addStretch()
        for button in (self.back, self.past, self.ask, self.train):
            buttons.addWidget(button)
        buttons.addStretch()
        column.addLayout(buttons)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.outcome)
        centred(self, words, above=SIZES.xl, beside=SIZES.l)


HOW = (
    "A finished run looks at the patients without a label and says how probable each class is. You decide, the most"
    " doubtful first. No label changes until you accept it."
)
NO_RUN = "A finished run can suggest labels for patients that have none. Train a classifier on the labelled ones first."
