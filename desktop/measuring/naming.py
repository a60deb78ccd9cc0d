"""The name of a shape, written on the picture where it lies."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.theme import SIZES

WIDTH = 180


class NameField(QLineEdit):
    """Hands the name to `named` with Return or when one goes elsewhere; Esc leaves it as it was."""

    def __init__(self, name: str, named: Callable[[str], None], at: QPoint, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._named, self._before, self._picture = named, name, parent
        self.setAccessibleName("Name of the measurement")
        self.resize(min(WIDTH, parent.width()), SIZES.control)
        room = parent.rect().bottomRight() - self.rect().bottomRight()
        self.move(max(0, min(at.x(), room.x())), max(0, min(at.y(), room.y())))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.selectAll()
        self.show()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Esc is meant for this, not for the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end(self._before)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(self.text().strip())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end(self.text().strip())

    def _end(self, name: str) -> None:
        """Once: going away takes the focus, too."""
        named, self._named = self._named, _nothing
        self.hide()
        self.deleteLater()
        self._picture.setFocus()
        if name and name != self._before:
            named(name)


def _nothing(_: str) -> None:
    """It has ended."""
