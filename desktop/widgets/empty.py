"""The empty state: what would be here, and the command that brings it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.theme import SIZES
from desktop.widgets.text import text

PICTURE = 40
WIDEST = 360


class Empty(QWidget):
    """An icon, a sentence in large, one in muted, and buttons below one another."""

    def __init__(self, icon: str, title: str, hint: str, buttons: tuple[QPushButton, ...] = ()) -> None:
        super().__init__()
        self._icon = icon
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        centre = Qt.AlignmentFlag.AlignHCenter
        whole = QVBoxLayout(self, spacing=SIZES.s)
        whole.setContentsMargins(SIZES.l, SIZES.xl, SIZES.l, SIZES.xl)
        whole.addStretch()
        whole.addWidget(self._picture)
        for label in (text(title, "section", wrap=True), text(hint, tone="muted", wrap=True)):
            label.setAlignment(centre)
            label.setMaximumWidth(WIDEST)
            label.setMinimumWidth(1)
            whole.addWidget(label)
            whole.setAlignment(label, Qt.AlignmentFlag(0))
        for button in buttons:
            whole.addWidget(button, alignment=centre)
        whole.addStretch()
        theme.themed.connect(self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, theme.current().muted, PICTURE, self.devicePixelRatioF()))
