"""The shapes over the pictures: drawn, pointed at, pulled and selected with the mouse."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from desktop.measuring.board import Board
from desktop.measuring.drawing import Drawing
from desktop.measuring.handles import Hold, held_at
from desktop.measuring.here import Here
from desktop.measuring.pulling import Pulling
from desktop.measuring.screen import screen_of
from desktop.measuring.shapes_painter import DRAFT, ShapesPainter
from desktop.measuring.shown import Shown, Sight
from desktop.measuring.tools import Tool
from desktop.measuring.values import Values
from desktop.viewer.over import Over
from desktop.viewer.slice_view import SliceView

Button, Shift = Qt.MouseButton, Qt.KeyboardModifier.ShiftModifier


class ShapesOver(Over):
    """`menu_wanted` tells the shape under a right click, where that was and on which picture; `name_wanted` a shape to
    be renamed, and its picture; `put_away` that the tool is no longer wanted; `painted` that a picture was.
    """

    menu_wanted = Signal(object, QPoint, object)
    name_wanted = Signal(object, object)
    put_away = Signal()
    painted = Signal()

    def __init__(self, board: Board, values: Values, sight: Sight) -> None:
        super().__init__()
        self.drawing = Drawing()
        self.hovered: Hold | None = None
        self._board, self._values, self._sight = board, values, sight
        self._pulling: Pulling | None = None
        self._here = Here(board)
        self._painter = ShapesPainter(board, values, self._here, self.drawing)
        for signal in (board.listed, board.selected_changed, values.came):
            signal.connect(lambda *_: self.changed.emit())

    def take_up(self, tool: Tool | None) -> None:
        """Draw with this tool from now on, or point again."""
        self.drawing.give_up()
        self.drawing.tool = tool
        self.changed.emit()

    @property
    def busy(self) -> bool:
        """Whether Esc has something to end here."""
        return self.drawing.tool is not None or self._pulling is not None or self._board.selected is not None

    def paint(self, painter: QPainter, view: SliceView) -> None:
        shown = self._sight.of_view(view)
        if shown is None:
            return
        lit = None if self.hovered is None else self.hovered.drawn.key
        self._painter.paint(painter, view, shown, lit)
        self.painted.emit()

    def press(self, event: QMouseEvent, view: SliceView) -> bool:
        shown = self._sight.of_view(view)
        if shown is None or event.modifiers() & Shift or event.button() != Button.LeftButton:
            return False
        return self._begin(event.position(), shown, view)

    def ask(self, event: QMouseEvent, view: SliceView) -> bool:
        shown = self._sight.of_view(view)
        asked = None if shown is None else self._held(event.position(), shown, view)
        if asked is not None:
            self._board.select(asked.drawn.key)
            self.menu_wanted.emit(asked.drawn, event.globalPosition().toPoint(), view)
        return asked is not None

    def drag(self, event: QMouseEvent, view: SliceView) -> None:
        shown = self._sight.of_view(view)
        if shown is None:
            return
        if self._pulling is not None:
            now = self._pulling.to(event.position(), screen_of(view))
            if now is not None and now.scan == shown.scan.id:
                self._board.show(now)
                view.update()
        else:
            self.drawing.move(event.position(), shown.scan.id, screen_of(view))
            view.update()

    def release(self, event: QMouseEvent, view: SliceView) -> None:
        shown = self._sight.of_view(view)
        if self._pulling is not None:
            self._let_go(self._pulling)
        elif shown is None:
            self.drawing.give_up()
        else:
            made = self.drawing.release(event.position(), shown.scan.id, screen_of(view))
            if made is not None:
                self._board.draw(shown.scan.id, made)
            view.update()

    def hover(self, at: QPointF | None, view: SliceView) -> None:
        shown = self._sight.of_view(view)
        before, self.hovered = self.hovered, None
        if at is not None and shown is not None:
            self.drawing.move(at, shown.scan.id, screen_of(view))
            self.hovered = None if self.drawing.draft else self._held(at, shown, view)
        if self.drawing.tool is not None or self.hovered != before:
            view.update()

    def cursor(self, at: QPointF, view: SliceView) -> Qt.CursorShape | None:
        if self.hovered is None or (self.drawing.tool is not None and self.hovered.handle is None):
            return None
        return Qt.CursorShape.PointingHandCursor if self.hovered.handle is None else Qt.CursorShape.SizeAllCursor

    def double_click(self, event: QMouseEvent, view: SliceView) -> bool:
        """A second click that came quickly; on a shape it asks for its name."""
        if self.drawing.tool is not None:
            return self.press(event, view)
        shown = self._sight.of_view(view)
        held = None if shown is None else self._held(event.position(), shown, view)
        if held is not None:
            self.name_wanted.emit(held.drawn, view)
        return held is not None

    def key(self, event: QKeyEvent, view: SliceView) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.end()

    def keep_to(self, scans: Collection[int]) -> None:
        """Let go of what is drawn on scans other than these: they are no longer in sight."""
        if self._pulling is not None and self._pulling.before.scan not in scans:
            self._board.let_loose(self._pulling.before)
            self._pulling = None
        chosen = self._board.chosen
        if chosen is not None and chosen.scan not in scans:
            self._board.select(None)
        self.hovered = None

    def end(self) -> bool:
        """End one thing: a drag, a shape under way, the tool, the selection; whether there was one."""
        if self._pulling is not None:
            self._board.let_loose(self._pulling.before)
            self._pulling = None
            self.changed.emit()
        elif self.drawing.give_up():
            self.changed.emit()
        elif self.drawing.tool is not None:
            self.put_away.emit()
        elif self._board.selected is not None:
            self._board.select(None)
        else:
            return False
        return True

    def _begin(self, at: QPointF, shown: Shown, view: SliceView) -> bool:
        screen = screen_of(view)
        held = None if self.drawing.draft else self._held(at, shown, view)
        if self.drawing.tool is not None and (held is None or not self._is_handle(held)):
            self._values.drop(DRAFT)
            return self.drawing.press(at, shown.scan.id, screen)
        self._board.select(None if held is None else held.drawn.key)
        self._pulling = None if held is None else Pulling(held, at, screen)
        return held is not None

    def _is_handle(self, held: Hold) -> bool:
        """While a tool draws, only the handles of the selected shape are in its way."""
        return held.handle is not None and held.drawn.key == self._board.selected

    def _let_go(self, pulling: Pulling) -> None:
        self._pulling = None
        now = self._board.get(pulling.before.key)
        if now is not None:
            self._board.change(f"Move {now.name}", pulling.before, now)

    def _held(self, at: QPointF, shown: Shown, view: SliceView) -> Hold | None:
        return held_at(at, self._here.of(shown, view), screen_of(view), self._board.selected)
