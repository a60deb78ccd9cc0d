"""The slim bar over the pictures while two scans are compared."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from desktop.comparing.bar_note import BarNote
from desktop.comparing.chooser import Chooser
from desktop.comparing.comparison import FEWEST, MOST, Comparison, How
from desktop.comparing.room import Wanted, shared
from desktop.theme import SIZES
from desktop.viewer.track import Track
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import text

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


class CompareBar(QFrame):
    """Mirrors a comparison. `way_wanted` and `amount_wanted` (0 to 1) tell what is to change, `end_wanted` the end."""

    way_wanted = Signal(str)
    amount_wanted = Signal(float)
    end_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = text("Compare with", "caption", "muted")
        self.chooser = Chooser()
        self.ways: dict[How, QPushButton] = {how: self._chip(how) for how in WAYS}
        self.track = Track(Qt.Orientation.Horizontal, "Amount")
        self.track.valueChanged.connect(self._track_moved)
        self.note = BarNote()
        self.end = glyph("close", self.end_wanted.emit, "End comparing (Esc)")
        self._steps = STEPS
        group = QButtonGroup(self)
        column = column_box(self, margins=(SIZES.m, 0, SIZES.s, SIZES.xs))
        row = row_box(gap=SIZES.s)
        column.addLayout(row)
        column.addWidget(self.note.below)
        row.addWidget(self.title)
        row.addWidget(self.chooser)
        ways = row_box(gap=SIZES.xs)
        row.addLayout(ways)
        for button in self.ways.values():
            group.addButton(button)
            ways.addWidget(button)
        row.addWidget(self.track)
        row.addWidget(self.note.beside)
        row.addStretch(1)
        row.addWidget(self.end)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it has to be: what there is no room for gives way."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
        self._fit()
        self.show()

    def say(self, words: str, tone: str = "muted") -> None:
        """A quiet word on how the two lie to each other, or why there is nothing to see."""
        self.note.say(words, tone)
        self._fit()

    def _fit(self) -> None:
        """Have every part say as much as there is room for."""
        wanted = Wanted(
            self.title.sizeHint().width() + SIZES.s,
            self.chooser.full_width,
            self.note.width(self.note.words),
            self.note.width(self.note.short),
            track=not self.track.isHidden(),
        )
        shares = shared(self._room(), wanted)
        self.title.setVisible(shares.title)
        self.chooser.setFixedWidth(shares.name)
        if wanted.track:
            self.track.setFixedWidth(shares.track)
        self.note.stand(shares.note)

    def _room(self) -> int:
        """What is left beside the parts that never give way."""
        fixed = sum(button.sizeHint().width() for button in (*self.ways.values(), self.end))
        gaps = (len(self.ways) - 1) * SIZES.xs + 3 * SIZES.s + SIZES.m + SIZES.s
        return self.width() - fixed - gaps

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
