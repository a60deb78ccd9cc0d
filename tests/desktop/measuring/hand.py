"""The mouse over the picture in front, and what it finds there."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.measuring.drawn import Drawn
from desktop.pages.view.measuring import Measuring
from desktop.viewer.slice_view import SliceView
from engine.measure import Shape
from tests.desktop.viewer.screen import NONE, hover, pixels

NEAR = 70
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def view_of(measuring: Measuring) -> SliceView:
    """The picture in front."""
    return measuring.page.panes.front.view


def take(measuring: Measuring, kind: str) -> None:
    """Choose a tool as its key does."""
    measuring.tool_actions.of[kind].trigger()


def drag(view: SliceView, *points: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """Press at the first point, move through the others, let go at the last."""
    QTest.mousePress(view, button, NONE, points[0])
    for point in points[1:]:
        QTest.mouseEvent(QTest.MouseAction.MouseMove, view, button, NONE, point)
    QTest.mouseRelease(view, button, NONE, points[-1])


def click(view: SliceView, *points: QPoint) -> None:
    """Click at each of them, the pointer moving in between."""
    for point in points:
        hover(view, point)
        QTest.mouseClick(view, LEFT, NONE, point)


def the_only(measuring: Measuring) -> Drawn:
    """The one shape of the scan in front."""
    (drawn,) = shapes(measuring)
    return drawn


def shapes(measuring: Measuring) -> tuple[Drawn, ...]:
    """All shapes of the scan in front."""
    scan = measuring.page.panes.front.scan
    assert scan is not None
    return measuring.board.of(scan.id)


def shape_of(drawn: Drawn) -> Shape:
    """What is drawn."""
    assert isinstance(drawn.shape, Shape)
    return drawn.shape


def on_screen(view: SliceView, column: float, row: float) -> QPoint:
    """Where a point of the picture lies on the widget, to the pixel."""
    x, y = view.placement.to_screen(column, row)
    return QPoint(round(x), round(y))


def ends_of_ball(view: SliceView, *, down: bool) -> tuple[QPoint, QPoint]:
    """Where the bright ball begins and ends, along the row or the column through its middle."""
    grey = pixels(view).astype(int).sum(axis=2)
    assert view.viewing is not None
    middle = view.placement.to_screen(*view.viewing.plane.of_world((0.0, 0.0, 0.0))[:2])
    x, y = (round(value) for value in middle)
    line = grey[:, x] if down else grey[y, :]
    start = y if down else x
    bright = line > (int(line[start]) + int(line.min())) / 2
    first = start - int(np.argmin(bright[start::-1])) + 1
    last = start + int(np.argmin(bright[start:])) - 1
    return (QPoint(x, first), QPoint(x, last)) if down else (QPoint(first, y), QPoint(last, y))


def coloured(view: SliceView, colour: str) -> int:
    """How many pixels have about this colour; the edges of lines are blended."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return int((np.abs(pixels(view).astype(int) - (red, green, blue)) < NEAR).all(axis=2).sum())
