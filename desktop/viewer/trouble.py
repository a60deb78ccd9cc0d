"""What stands in a picture's place when its file cannot be shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop import icons, theme
from desktop.theme import SIZES
from desktop.widgets.boxes import centred, column_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text
from engine.errors import IsocenterError

PICTURE = 32
WIDEST = 460


class Trouble(QWidget):
    """Says what happened and what to do, and offers to try again."""

    def __init__(self, again: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.title = text("", "section", wrap=True)
        self.what = text("", wrap=True)
        self.hint = text("", tone="muted", wrap=True)
        words = QWidget()
        words.setMaximumWidth(WIDEST)
        inner = column_box(words, gap=SIZES.s)
        inner.addWidget(self._picture)
        for label in (self.title, self.what, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inner.addWidget(label)
        inner.addWidget(push("Try again", again), alignment=Qt.AlignmentFlag.AlignHCenter)
        centred(self, words, above=SIZES.l, beside=SIZES.l)
        theme.themed.connect(self._draw)
        self._draw()

    def show_error(self, title: str, error: IsocenterError) -> None:
        """Say what is wrong with the scan called `title`."""
        self.title.setText(title)
        place = f"{error.path.name}: " if error.path is not None else ""
        self.what.setText(f"{place}{error.what}")
        self.what.setToolTip(str(error))
        self.hint.setText(error.hint)
        self.hint.setVisible(bool(error.hint))

    def _draw(self, *_: object) -> None:
        color = theme.current().bad
        self._picture.setPixmap(icons.pixmap("error", color, PICTURE, self.devicePixelRatioF()))
