"""The slim bar over the pictures while two scans are compared."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from desktop.comparing.chooser import Chooser
from desktop.comparing.comparison import FEWEST, MOST, Comparison, How
from desktop.theme import SIZES
from desktop.viewer.track import Track
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import Elided, set_tone, text

WAYS: dict[How, tuple[str, str]] = {
    "beside": ("Beside", "Both beside each other, at the same place and scale"),
    "swipe": ("Swipe", "One at the left of a line, the other at its right; drag the line"),
    "checkers": ("Board", "One on the black fields of a board, the other on the white ones"),
    "fade": ("Fade", "One fading into the other"),
}
SETS: dict[How, str] = {
    "swipe": "Where the line stands ([ and ])",
    "checkers": "How many fields the board has ([ and ])",
    "fade": "How far the other scan has faded in ([ and ])",
}
STEPS = 100
LENGTH = 120


class CompareBar(QFrame):
    """Mirrors a comparison. `way_wanted` and `amount_wanted` (0 to 1) tell what is to change, `end_wanted` the end."""

    way_wanted = Signal(str)
    amount_wanted = Signal(float)
    end_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = Chooser()
        self.ways: dict[How, QPushButton] = {how: self._chip(how) for how in WAYS}
        self.track = Track(Qt.Orientation.Horizontal, "Amount")
        self.track.setFixedWidth(LENGTH)
        self.track.valueChanged.connect(self._track_moved)
        self.note = Elided("", "caption", "muted")
        self._steps = STEPS
        group = QButtonGroup(self)
        row = row_box(self, gap=SIZES.xs, margins=(SIZES.m, 0, SIZES.s, SIZES.xs))
        row.addWidget(text("Compare with", "caption", "muted"))
        row.addWidget(self.chooser)
        row.addSpacing(SIZES.m)
        for button in self.ways.values():
            group.addButton(button)
            row.addWidget(button)
        row.addSpacing(SIZES.s)
        row.addWidget(self.track)
        row.addSpacing(SIZES.s)
        row.addWidget(self.note, 1)
        row.addWidget(glyph("close", self.end_wanted.emit, "End comparing (Esc)"))
        self.hide()

    def show_comparison(self, comparison: Comparison, name: str, unable: str = "") -> None:
        """Show what is compared with `name`; `unable` says why it cannot be laid over the scan in front."""
        self.chooser.say(name)
        for how, button in self.ways.items():
            button.setChecked(how == comparison.how)
            button.setEnabled(how == "beside" or not unable)
            button.setToolTip(WAYS[how][1] if how == "beside" or not unable else unable)
        self.track.setVisible(comparison.laid)
        self.track.setToolTip(SETS.get(comparison.how, ""))
        self._steps = MOST - FEWEST if comparison.how == "checkers" else STEPS
        self.track.show_position(round(comparison.amount() * self._steps), self._steps + 1)
        self.show()

    def say(self, words: str, tone: str = "muted") -> None:
        """A quiet word on how the two lie to each other, or why there is nothing to see."""
        if words != self.note.text():
            self.note.setText(words)
        set_tone(self.note, tone)

    def _chip(self, how: How) -> QPushButton:
        words, what = WAYS[how]
        made = QPushButton(words)
        made.setProperty("kind", "chip")
        made.setCheckable(True)
        made.setToolTip(what)
        made.clicked.connect(lambda: self.way_wanted.emit(how))
        return made

    def _track_moved(self, value: int) -> None:
        self.amount_wanted.emit(value / self._steps)
