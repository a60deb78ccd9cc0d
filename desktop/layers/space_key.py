"""Space shows and hides layers, but a button that was reached by the keyboard keeps it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from desktop.volume.span_bar import SpanBar

USES_SPACE = (QAbstractButton, QComboBox, SpanBar)


class SpaceKey(QObject):
    """Watches the one widget that has the keyboard, and no other."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._turn)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Space or event.modifiers() or not _uses_it(watched):
            return False
        event.accept()
        return True

    def _turn(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and isinstance(now, USES_SPACE):
            now.installEventFilter(self)


def _uses_it(widget: QObject) -> bool:
    """A button that is down already, as one of several choices, has no use for being pressed again."""
    chip = isinstance(widget, QAbstractButton) and widget.property("kind") == "chip" and widget.isChecked()
    return not chip
