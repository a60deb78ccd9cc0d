"""What dropping files or folders on the window would do, said before they are let go."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.session import is_workspace, workspace_of
from desktop.theme import SIZES

VEIL = 225


@dataclass(frozen=True, slots=True)
class Drop:
    """What was dragged in, and what would happen to it."""

    places: tuple[Path, ...]
    promise: str


def meant_by(data: QMimeData) -> Drop | None:
    """What the dragged things mean; None where none of them is a file or folder that is there."""
    urls = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    places = tuple(place for place in urls if place.exists())
    if not places:
        return None
    folder = workspace_of(places[0])
    if len(places) == 1 and is_workspace(folder):
        return Drop(places, f"Open the workspace “{folder.name}”")
    return Drop(places, f"Look into {_quoted(places)}")


def _quoted(places: tuple[Path, ...]) -> str:
    first = f"“{places[0].name}”"
    return first if len(places) == 1 else f"{first} and {len(places) - 1} more"


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
