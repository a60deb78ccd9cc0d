"""What lies over pictures and may take the mouse before they do: shapes, handles, a line to swipe along."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

if TYPE_CHECKING:
    from desktop.viewer.slice_view import SliceView


STILL = 3.0


class Over(QObject):
    """One of these serves all pictures: every call names the one that is meant, which has a viewing.

    `changed` asks all pictures to be painted again.
    """

    changed = Signal()

    def paint(self, painter: QPainter, view: "SliceView") -> None:
        """Draw over the picture, below the corner texts."""

    def press(self, event: QMouseEvent, view: "SliceView") -> bool:
        """Whether it takes this press, and with it the mouse until the button is let go."""
        return False

    def drag(self, event: QMouseEvent, view: "SliceView") -> None:
        """The mouse moved while it has it."""

    def release(self, event: QMouseEvent, view: "SliceView") -> None:
        """The button was let go."""

    def ask(self, event: QMouseEvent, view: "SliceView") -> bool:
        """Whether it takes this click of the right button, which did not move: a menu is wanted."""
        return False

    def hover(self, at: QPointF | None, view: "SliceView") -> None:
        """The mouse moved without a button; None once it left."""

    def cursor(self, at: QPointF, view: "SliceView") -> Qt.CursorShape | None:
        """What the pointer looks like there; None where it has nothing to say."""
        return None

    def double_click(self, event: QMouseEvent, view: "SliceView") -> bool:
        """Whether it takes this double click, and with it the mouse until the button is let go."""
        return False

    def key(self, event: QKeyEvent, view: "SliceView") -> bool:
        """Whether it takes this key."""
        return False


class Overs:
    """Those of one picture, the last on top; the one on top is asked first."""

    def __init__(self, view: "SliceView") -> None:
        self._view = view
        self._all: tuple[Over, ...] = ()
        self._taker: Over | None = None
        self._asked: QPointF | None = None

    def put(self, over: Over) -> None:
        """Lay one more over the picture."""
        self._all = (*self._all, over)
        over.changed.connect(self._view.update)

    def paint(self, painter: QPainter) -> None:
        for over in self._all:
            painter.save()
            try:
                over.paint(painter, self._view)
            finally:
                painter.restore()

    def press(self, event: QMouseEvent) -> bool:
        """Whether one took the press."""
        self._asked = event.position() if event.button() == Qt.MouseButton.RightButton else None
        self._taker = next((over for over in self._from_top if over.press(event, self._view)), None)
        return self._taker is not None

    def drag(self, event: QMouseEvent) -> bool:
        """Whether one has the mouse."""
        if self._taker is not None:
            self._taker.drag(event, self._view)
        return self._taker is not None

    def release(self, event: QMouseEvent) -> None:
        (taker, asked), self._taker, self._asked = (self._taker, self._asked), None, None
        if taker is not None:
            taker.release(event, self._view)
        if asked is not None and (event.position() - asked).manhattanLength() < STILL:
            any(over.ask(event, self._view) for over in self._from_top)

    def hover(self, at: QPointF | None) -> None:
        for over in self._all:
            over.hover(at, self._view)

    def cursor(self, at: QPointF) -> Qt.CursorShape | None:
        shapes = (over.cursor(at, self._view) for over in self._from_top)
        return next((shape for shape in shapes if shape is not None), None)

    def double_click(self, event: QMouseEvent) -> bool:
        """Whether one took the double click, and with it the mouse: it is a press, too."""
        self._taker = next((over for over in self._from_top if over.double_click(event, self._view)), None)
        return self._taker is not None

    def key(self, event: QKeyEvent) -> bool:
        return any(over.key(event, self._view) for over in self._from_top)

    @property
    def _from_top(self) -> tuple[Over, ...]:
        return self._all[::-1]
