"""A word on how two scans lie to each other: in full, only what matters most of it, or on a line of its own."""

from PySide6.QtWidgets import QLabel

from desktop.comparing.room import Note
from desktop.theme import SIZES
from desktop.widgets.text import Elided, set_tone, text


class BarNote:
    """The same `words` for the label `beside` the other parts of a bar, and the one `below` them."""

    def __init__(self) -> None:
        self.words = ""
        self.beside: QLabel = text("", "caption", "muted")
        self.below = Elided("", "caption", "muted")
        self.below.hide()

    @property
    def short(self) -> str:
        """What stands before the colon."""
        return self.words.split(": ", 1)[0]

    def say(self, words: str, tone: str) -> None:
        """Say this from now on."""
        self.words = words
        for label in (self.beside, self.below):
            set_tone(label, tone)

    def width(self, words: str) -> int:
        """What some words of it take beside the others."""
        return self.beside.fontMetrics().horizontalAdvance(words) + SIZES.s if words else 0

    def stand(self, where: Note) -> None:
        """Stand there; what is cut off is in the tooltip."""
        words = {"whole": self.words, "short": self.short, "below": ""}[where]
        if words != self.beside.text():
            self.beside.setText(words)
        self.beside.setVisible(bool(words))
        self.beside.setToolTip(self.words if where == "short" else "")
        if self.words != self.below.text():
            self.below.setText(self.words)
        self.below.setVisible(where == "below")
