"""Keys belong to the picture: a list or a number that was set gives them back."""

from collections.abc import Callable
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget


class FocusBack(QObject):
    """Below the `roots`, `back` is called once the list of a combo box closes, or Return ends a number.

    Who changes a combo box by arrows without opening it stays there.
    """

    def __init__(self, roots: tuple[QWidget, ...], back: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._roots, self._back = roots, back
        self._known: WeakSet[QObject] = WeakSet()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._back)
        return super().eventFilter(watched, event)

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or now in self._known or not any(root.isAncestorOf(now) for root in self._roots):
            return
        if isinstance(now, QComboBox):
            self._known.add(now)
            now.view().window().installEventFilter(self)
        elif isinstance(now, QAbstractSpinBox):
            self._known.add(now)
            line = now.findChild(QLineEdit)
            if line is not None:
                line.returnPressed.connect(self._back)
