"""Esc ends comparing, before it dismisses a message of the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class EscapeKey(QObject):
    """`pressed` tells it, while it is `wanted` and the keyboard is somewhere in `area`."""

    pressed = Signal()

    def __init__(self, area: QWidget, wanted: Callable[[], bool]) -> None:
        super().__init__(area)
        self._wanted = wanted
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent) or not self._wanted():
            return False
        if event.key() != Qt.Key.Key_Escape or event.modifiers():
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.pressed.emit()
        return True
