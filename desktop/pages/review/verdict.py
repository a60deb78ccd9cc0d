"""What a run says of the patient at hand, and the buttons that decide."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QProgressBar, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from desktop.pages.review.queue_list import outcome
from desktop.pages.review.share_bars import ShareBars, percent
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import primary_of, push
from desktop.widgets.run_chooser import moment_of
from desktop.widgets.text import Elided, set_tone, text
from engine.cohort.suggestions import Standing, Suggestion

DOUBTFUL = 0.2
WIDTH = 292


class Verdict(QWidget):
    """`given(class)` when a class is chosen for the patient."""

    given = Signal(str)

    def __init__(self, color: Callable[[str], str], accept: QAction, others: Sequence[QAction]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.progress_words = text("", "strong")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.patient = Elided("", "title")
        self.origin = text("", "caption", "muted", wrap=True)
        self.doubt = text("", wrap=True)
        self.caution = text("", "caption", "warn", wrap=True)
        self.bars = ShareBars(color)
        self.bars.chosen.connect(self.given)
        self.last = text("", "caption", "muted", wrap=True)
        self._build(accept, others)

    def show_suggestion(self, one: Suggestion, name: str, classes: Sequence[str], new: Sequence[str]) -> None:
        """Show what is suggested of a patient, and where it was decided, how; `new` classes nobody has yet."""
        self.patient.setText(name)
        self.origin.setText(f"{one.column.capitalize()}, as the run of {moment_of(one.run)} sees it")
        self.origin.setToolTip(one.run)
        doubtful = one.margin < DOUBTFUL and not one.decision
        self.doubt.setText(outcome(one) if one.decision else _doubt(one))
        set_tone(self.doubt, "warn" if doubtful else "good" if one.decision == "accepted" else "muted")
        self.caution.setText(f"The cohort has no class {' or '.join(new)} now; accepting it makes one.")
        self.caution.setVisible(bool(new) and not one.decision)
        self.bars.show_shares(classes, one.probabilities)

    def show_standing(self, state: Standing, on_the_way: int) -> None:
        """Show how far the review is; some are on their way to the workspace."""
        decided = min(state.all, state.decided + on_the_way)
        self.progress_words.setText(f"{decided:,} of {state.all:,} decided".replace(",", "\u2009"))
        self.progress.setRange(0, max(1, state.all))
        self.progress.setValue(decided)

    def show_last(self, words: str) -> None:
        """Say what was decided last."""
        self.last.setText(words)

    def _build(self, accept: QAction, others: Sequence[QAction]) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._bars())
        column = column_box(self, gap=SIZES.s, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))
        column.addWidget(self.progress_words)
        column.addWidget(self.progress)
        column.addSpacing(SIZES.s)
        for label in (self.patient, self.origin, self.doubt, self.caution):
            column.addWidget(label)
        column.addWidget(scroll, 1)
        column.addWidget(primary_of(accept))
        row = row_box(gap=SIZES.s)
        for action in others:
            row.addWidget(_button(action), 1)
        column.addLayout(row)
        column.addWidget(text(KEYS, "caption", "muted", wrap=True))
        column.addWidget(self.last)

    def _bars(self) -> QWidget:
        body = QWidget()
        column = column_box(body)
        column.addWidget(self.bars)
        column.addStretch(1)
        return body


def _doubt(one: Suggestion) -> str:
    ahead = f"{one.proposed} is ahead by {percent(one.margin)}"
    return f"In doubt: {ahead}" if one.margin < DOUBTFUL else ahead.capitalize()


KEYS = "A accepts, R rejects, S skips, 1 to 9 give a class, Backspace takes back, arrows go on."


def _button(action: QAction) -> QPushButton:
    """A button that carries out a command and looks as able as it."""
    made = push(action.text(), action.trigger, tip=action.toolTip())

    def follow() -> None:
        if isValid(made):
            made.setEnabled(action.isEnabled())

    action.changed.connect(follow)
    return made
