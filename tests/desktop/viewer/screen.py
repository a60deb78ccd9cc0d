"""What is really on the screen, and moving the mouse over it."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.pictures.viewing import Viewing

NONE = Qt.KeyboardModifier.NoModifier
WHITE = np.array([255, 255, 255])


class Shows(Protocol):
    @property
    def viewing(self) -> Viewing | None: ...


def seen(widget: Shows) -> Viewing:
    """What a view or pane shows; there must be something."""
    assert widget.viewing is not None
    return widget.viewing


def pixels(widget: QWidget) -> np.ndarray:
    """The painted widget as (rows, columns, red green blue)."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].copy()


def white_middle(widget: QWidget) -> tuple[float, float]:
    """The middle of all that is pure white: never a letter, for those are a little darker."""
    rows, columns = np.nonzero((pixels(widget) == WHITE).all(axis=2))
    return (float(columns.mean()), float(rows.mean()))


def turn(widget: QWidget, notches: float, modifiers: Qt.KeyboardModifier = NONE, at: QPoint | None = None) -> None:
    """Turn the wheel towards oneself by so many notches."""
    place = QPointF(at or widget.rect().center())
    delta = QPoint(0, round(-120 * notches))
    phase, none = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    event = QWheelEvent(place, widget.mapToGlobal(place), QPoint(), delta, none, modifiers, phase, False)
    QApplication.sendEvent(widget, event)


def hover(widget: QWidget, at: QPoint) -> None:
    """Move the pointer there, wherever the real one stands."""
    place, none = QPointF(at), Qt.MouseButton.NoButton
    kind = QEvent.Type.MouseMove
    QApplication.sendEvent(widget, QMouseEvent(kind, place, widget.mapToGlobal(place), none, none, NONE))


def drag(widget: QWidget, button: Qt.MouseButton, by: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press in the middle, move, let go."""
    start = widget.rect().center()
    QTest.mousePress(widget, button, modifiers, start)
    for part in (0.5, 1.0):
        QTest.mouseEvent(QTest.MouseAction.MouseMove, widget, button, modifiers, start + by * part)
    QTest.mouseRelease(widget, button, modifiers, start + by)
