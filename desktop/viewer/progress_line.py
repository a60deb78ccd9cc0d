"""A slim line along the lower edge of a picture: how much of its scan has come."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme

THICK = 3


class ProgressLine(QWidget):
    """Hidden until there is something to say; takes no clicks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.setFixedHeight(THICK)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_share(self, share: float) -> None:
        """So much of the scan is there, from 0 to 1."""
        if share != self.share or not self.isVisible():
            self.share = share
            self.show()
            self.raise_()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.DARK.line))
        painter.fillRect(QRectF(0, 0, self.share * self.width(), self.height()), QColor(theme.DARK.accent))
