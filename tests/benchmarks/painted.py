"""From the wish for a change until it is on the screen: what all benchmarks of looking measure."""

from collections.abc import Callable
from itertools import count
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.harness import seconds

Measure = Callable[[], float]
Change = Callable[[int], Any]


class Paints(QObject):
    """Counts the paints of a widget, so that none can be left out of a measure."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.Paint
        return False


def shown(app: QApplication, widget: QWidget, size: QSize) -> None:
    """Put a widget on the screen."""
    widget.resize(size)
    widget.show()
    for _ in range(5):
        app.processEvents()


def until_painted(app: QApplication, painted: QWidget, change: Change) -> Measure:
    """A measure: the seconds of `change`, told its number, until `painted` has painted it."""
    numbers, paints = count(1), Paints(painted)

    def once() -> None:
        before = paints.seen
        change(next(numbers))
        while paints.seen == before:
            app.processEvents()

    return lambda: seconds(once)
