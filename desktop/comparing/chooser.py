"""The button that says what is compared with, and drops the list of all that can be."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import icons
from desktop.comparing.candidates import Candidate
from desktop.comparing.choice_list import ChoiceList
from desktop.comparing.comparison import Other
from desktop.theme import SIZES

WIDEST = 180
FRAME = 34


class Chooser(QPushButton):
    """Says what is chosen. `asked` wants `offer` to be called, before the list drops; `wanted` tells the choice."""

    asked = Signal()
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolTip("Choose what to compare with")
        icons.assign(self, "chevron-down", "muted")
        self.setIconSize(QSize(SIZES.m, SIZES.m))
        self.list = ChoiceList(self)
        self.list.wanted.connect(self._take)
        self.list.closed.connect(lambda: self.setChecked(False))
        self.clicked.connect(self._drop)

    def say(self, name: str) -> None:
        """Name what is chosen."""
        self._name = name
        self.setAccessibleName(f"Compared with {name}")
        self._write()

    @property
    def full_width(self) -> int:
        """What it takes to say all of the name, as far as names may be long."""
        return min(self.fontMetrics().horizontalAdvance(self._name), WIDEST) + FRAME

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()

    def offer(self, candidates: tuple[Candidate, ...], chosen: Other | None) -> None:
        """Have these in the list."""
        self.list.offer(candidates, chosen)

    def _drop(self) -> None:
        self.asked.emit()
        self.setChecked(True)
        self.list.drop(self.mapToGlobal(QPoint(0, self.height() + SIZES.xs)))

    def _write(self) -> None:
        """As much of the name as there is room for."""
        words = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, self.width() - FRAME)
        self.setText(words.replace("&", "&&"))

    def _take(self, other: Other) -> None:
        self.list.close()
        self.wanted.emit(other)
