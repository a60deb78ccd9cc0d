"""The line over the table that says what is selected, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.cohort_rows import counted
from desktop.pages.cohort.bulk import Bulk
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, text

HEIGHT = 28
HINT = "Double click a cell, or press F2, to edit it. Select several rows to edit them together."


class BulkBar(QStackedWidget):
    """Always there, so that nothing jumps: a hint, or the buttons for what is selected."""

    def __init__(self, bulk: Bulk) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.count_label = text("", "caption")
        self.buttons: dict[str, QPushButton] = {}
        self._bulk = bulk
        self.addWidget(Elided(HINT, "caption", "muted"))
        self.addWidget(self._tools())

    def show_count(self, number: int, noun: str) -> None:
        """Say how many rows are selected."""
        self.setCurrentIndex(1 if number else 0)
        self.count_label.setText(f"{counted(number, noun)} selected")

    def _tools(self) -> QWidget:
        bulk = self._bulk
        body = QWidget()
        line = row_box(body, gap=SIZES.xs)
        line.addWidget(self.count_label)
        line.addSpacing(SIZES.s)
        for words, tip, ask in (
            ("Label…", "Give what is selected a label (Ctrl+L)", bulk.ask_label),
            ("Covariate…", "Give what is selected a covariate, such as an age", bulk.ask_covariate),
            ("Role…", "Say which role the scans play", bulk.ask_role),
            ("Exclude…", "Keep what is selected out of every run, saying why", bulk.ask_reason),
        ):
            line.addWidget(self._asking(words, tip, ask))
        for words, tip, do in (
            ("Include", "Take what is selected back in", lambda: bulk.exclude("")),
            ("Accept", "Let scans take part although their geometry failed", bulk.accept),
            ("Group", "What is selected is one person: put it under one patient", bulk.group),
        ):
            line.addWidget(self._button(words, tip, do))
        line.addStretch()
        return body

    def _asking(self, words: str, tip: str, ask: Callable[[QWidget], object]) -> QPushButton:
        return self._button(words, tip, lambda: ask(self.buttons[words]))

    def _button(self, words: str, tip: str, do: Callable[[], object]) -> QPushButton:
        made = push(words, do, kind="chip", tip=tip)
        self.buttons[words] = made
        return made
