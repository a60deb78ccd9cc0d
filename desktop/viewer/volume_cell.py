"""The cell beside the planes that is the volume's: its view where there is one, or what it measures."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QStackedLayout, QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.volume_facts import volume_facts
from desktop.widgets.boxes import centred
from desktop.widgets.text import text
from engine.pictures.viewing import Viewing

WIDEST = 260


class VolumeContent(Protocol):
    """What a volume view has to offer."""

    def show_viewing(self, viewing: Viewing) -> None: ...

    def clear(self) -> None: ...


Factory = Callable[[], QWidget | None]
"""Makes a widget that is a VolumeContent; None where there can be none."""


def nothing() -> None:
    """The factory where there is no volume view."""


class VolumeCell(QWidget):
    """Asks its factory when it is shown for the first time. `enlarge_wanted` tells a double click.

    While a scan is still being read its facts stand there, for there is no volume yet.
    """

    enlarge_wanted = Signal()

    def __init__(self, factory: Factory = nothing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factory: Factory | None = factory
        self.content: QWidget | None = None
        self.plate = FactPlate()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.plate)

    def show_viewing(self, viewing: Viewing) -> None:
        """Show the volume of what is looked at."""
        self._make()
        if self.content is None or viewing.presence is not None:
            self._stack.setCurrentWidget(self.plate)
            self.plate.show_viewing(viewing)
        else:
            self._stack.setCurrentWidget(self.content)
            self.content.show_viewing(viewing)  # type: ignore[attr-defined]

    def clear(self) -> None:
        """Keep nothing of the volume."""
        self.plate.clear()
        if self.content is not None:
            self.content.clear()  # type: ignore[attr-defined]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click means the cell, whatever the content would make of it."""
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            self.mouseDoubleClickEvent(event)
            return True
        return super().eventFilter(watched, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.enlarge_wanted.emit()

    def _make(self) -> None:
        if self._factory is None:
            return
        self.content, self._factory = self._factory(), None
        if self.content is not None:
            self._stack.addWidget(self.content)
            for part in (self.content, *self.content.findChildren(QWidget)):
                part.installEventFilter(self)


class FactPlate(QWidget):
    """What a volume measures, quietly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[tuple[str, str], ...] = ()
        words = QWidget()
        words.setMaximumWidth(WIDEST)
        self._form = QFormLayout(words)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(SIZES.s)
        self._form.setVerticalSpacing(SIZES.xs)
        centred(self, words, above=SIZES.s, beside=SIZES.s)
        self._colour()
        theme.themed.connect(self._colour)

    def show_viewing(self, viewing: Viewing) -> None:
        lines = volume_facts(viewing.volume)
        if lines != self.lines:
            self.clear()
            self.lines = lines
            for name, words in lines:
                self._form.addRow(text(name, "caption"), text(words, "caption"))

    def clear(self) -> None:
        self.lines = ()
        while self._form.rowCount():
            self._form.removeRow(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(theme.current().image))

    def _colour(self, *_: object) -> None:
        """The words lie on a picture's black in either theme."""
        self.setStyleSheet(f"QLabel {{ color: {theme.DARK.muted}; }}")
