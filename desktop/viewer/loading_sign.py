"""What says over a picture that a scan is coming: words while nothing of it is there, then how much is."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel

from desktop.theme import SIZES
from desktop.viewer.progress_line import ProgressLine
from desktop.widgets.text import text

PATIENCE_MS = 150


class LoadingSign(QObject):
    """Silent for PATIENCE_MS after `begin`, since most scans come sooner; then `tell` is called, and says more."""

    def __init__(self, tell: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = _over(text("", "caption", "muted"))
        self.line = ProgressLine()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(tell)

    @property
    def patient(self) -> bool:
        """Whether it is too early to say anything."""
        return self._patience.isActive()

    def begin(self) -> None:
        """A scan is on its way."""
        self.line.hide()
        self._patience.start()

    def say(self, share: float, words: str = "") -> None:
        """So much is there, from 0 to 1; `words` while there is no picture."""
        self.line.show_share(share)
        if words:
            self.words.setText(words)
            self.words.show()
            self.words.raise_()

    def begun(self) -> None:
        """There is a picture."""
        self.words.hide()

    def end(self) -> None:
        """All is there, or nothing comes."""
        self._patience.stop()
        self.words.hide()
        self.line.hide()


def _over(label: QLabel) -> QLabel:
    """A label that lies on the picture and takes no clicks."""
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.setProperty("badge", True)
    label.setContentsMargins(SIZES.s, SIZES.xs, SIZES.s, SIZES.xs)
    label.hide()
    return label
