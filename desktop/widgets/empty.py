"""The empty state: what would be here, and the command that brings it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop import icons, theme
from desktop.theme import SIZES
from desktop.widgets.boxes import centred, column_box
from desktop.widgets.text import text

PICTURE = 40
WIDEST = 360


class Empty(QWidget):
    """An icon, a sentence in large, one in muted, and buttons below one another."""

    def __init__(self, icon: str, title: str, hint: str, buttons: tuple[QPushButton, ...] = ()) -> None:
        super().__init__()
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = QWidget()
        words.setMaximumWidth(WIDEST)
        inner = column_box(words, gap=SIZES.s)
        inner.addWidget(self._picture)
        for label in (text(title, "section", wrap=True), text(hint, tone="muted", wrap=True)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(label)
        for button in buttons:
            inner.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        centred(self, words, above=SIZES.xl, beside=SIZES.l)
        theme.themed.connect(self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, theme.current().muted, PICTURE, self.devicePixelRatioF()))
