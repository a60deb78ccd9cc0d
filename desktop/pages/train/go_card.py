"""Step 5: whether all is ready, in a sentence, and the buttons that set it going."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolButton

from desktop.cohort_rows import counted
from desktop.pages.train.card import StepCard
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import of_action, primary_of
from desktop.widgets.text import set_tone, text

if TYPE_CHECKING:
    from desktop.pages.train.fit import Fit


class GoCard(StepCard):
    """Stays in sight under the other steps."""

    def __init__(self, start: QAction, pause: QAction, resume: QAction, cancel: QAction) -> None:
        super().__init__(5, "Go")
        self.what = text("", wrap=True)
        self.hint = text("", "caption", "muted", wrap=True)
        self.start, self.resume = primary_of(start), primary_of(resume)
        self.pause, self.cancel = _with_words(pause), _with_words(cancel)
        self.column.addWidget(self.what)
        self.column.addWidget(self.hint)
        row = row_box(gap=SIZES.s)
        buttons: tuple[QAbstractButton, ...] = (self.start, self.pause, self.resume, self.cancel)
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        self.column.addLayout(row)
        self.show_busy(busy=False, paused=False)

    def show_fit(self, fit: "Fit", epochs: int) -> None:
        """Say what would be done, or what stands in the way."""
        if fit.problem:
            self.show_problem(fit.problem, fit.hint)
            return
        self.badge.set_tone("good")
        self._say(f"Ready: {counted(fit.folds, 'model')} of {counted(epochs, 'epoch')}.", "text")
        one = "each" if fit.folds > 1 else "it"
        self._hint(f"Out of {fit.patients} patients, {one} trains on at least {fit.smallest_training}.")

    def show_problem(self, what: str, hint: str) -> None:
        """The recipe cannot be carried out."""
        self.badge.set_tone("bad")
        self._say(what[:1].upper() + what[1:] + ".", "bad")
        self._hint(hint)

    def show_working(self, words: str) -> None:
        """A run is under way."""
        self.badge.set_tone("accent")
        self._say(words, "text")
        self._hint("")

    def show_busy(self, *, busy: bool, paused: bool) -> None:
        """Show the buttons that make sense now."""
        self.start.setHidden(busy)
        self.pause.setHidden(not busy or paused)
        self.resume.setHidden(not busy or not paused)
        self.cancel.setHidden(not busy)

    def _say(self, words: str, tone: str) -> None:
        self.what.setText(words)
        set_tone(self.what, tone)

    def _hint(self, words: str) -> None:
        self.hint.setText(words)
        self.hint.setVisible(bool(words))


def _with_words(action: QAction) -> QToolButton:
    made = of_action(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return made
