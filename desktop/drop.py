"""What dropping a folder on the window would do, said before it is let go."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.session import is_workspace
from desktop.theme import SIZES

VEIL = 225


@dataclass(frozen=True, slots=True)
class Drop:
    """A folder that was dragged in, and what would happen to it."""

    folder: Path
    promise: str


def meant_by(data: QMimeData) -> Drop | None:
    """What the dragged things mean; None for anything but one folder (or a file in it)."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(paths) != 1 or not paths[0].exists():
        return None
    folder = paths[0] if paths[0].is_dir() else paths[0].parent
    if is_workspace(folder):
        return Drop(folder, f"Open the workspace “{folder.name}”")
    return Drop(folder, f"Import the scans of “{folder.name}” into a new workspace")


class DropVeil(QWidget):
    """Lies over the window while a folder is dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.promise = ""
        self.hide()

    def announce(self, promise: str) -> None:
        """Cover the window and say what would happen; an empty promise uncovers it."""
        self.promise = promise
        self.setGeometry(self._host.rect())
        self.setVisible(bool(promise))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.ground)
        ground.setAlpha(VEIL)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine))
        margin = SIZES.xl
        painter.drawRoundedRect(self.rect().adjusted(margin, margin, -margin, -margin), SIZES.corner, SIZES.corner)
        font = self.font()
        font.setPixelSize(SIZES.title)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.promise)
