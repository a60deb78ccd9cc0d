"""Says that the folder of a source is not there, and offers to find it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from desktop.sources.care import Kept
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph, push
from desktop.widgets.text import Elided, restyle, text


class SourceNotice(QFrame):
    """Shows the first source that is not there; `find` asks where it is, `show_all` shows all sources."""

    def __init__(self, find: Callable[[Kept], object], show_all: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("banner")
        restyle(self, tone="warn")
        self._find, self._missing = find, list[Kept]()
        self.what = text("", wrap=True)
        self.place = Elided("", "caption", "muted")
        self.button = push("Find the folder…", self._ask, tip="Choose where its scans are now")
        self.all = push("Sources…", show_all, kind="quiet", tip="Where the scans of this workspace came from")
        words = column_box(gap=SIZES.xs)
        words.addWidget(self.what)
        words.addWidget(self.place)
        row = row_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.s, SIZES.s, SIZES.s))
        row.addLayout(words, 1)
        for part in (self.all, self.button, glyph("close", self.hide, "Dismiss")):
            row.addWidget(part)
        self.hide()

    def show_missing(self, missing: Sequence[Kept]) -> None:
        """Speak of these; of none, be still."""
        self._missing = list(missing)
        if missing:
            more = f", and {len(missing) - 1} more are not either" if len(missing) > 1 else ""
            self.what.setText(f"The folder of “{missing[0].name}” is not there{more}.")
            self.place.setText(str(missing[0].source.root))
        self.all.setVisible(len(missing) > 1)
        self.setVisible(bool(missing))

    def _ask(self) -> None:
        if self._missing:
            self._find(self._missing[0])
