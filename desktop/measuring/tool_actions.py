"""The tools as commands: one is in the hand at a time, at first the pointer."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from desktop import icons
from desktop.actions import tip
from desktop.measuring.tools import TOOLS, Tool

POINT = "Point: move the crosshair, select what is drawn"


class ToolActions(QObject):
    """`taken_up` tells the tool, or None for the pointer. Choosing a tool again puts it away."""

    taken_up = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._group = QActionGroup(self)
        self._tool: Tool | None = None
        self.pointer = self._action("pointer", "Pointer", "", tip(POINT, "Esc"), None)
        self.of = {
            tool.kind: self._action(tool.icon, tool.words, tool.key, tip(tool.what, tool.key), tool)
            for tool in TOOLS.values()
        }
        self.pointer.setChecked(True)

    def all(self) -> list[QAction]:
        return [self.pointer, *self.of.values()]

    def enable(self, able: bool) -> None:
        """Whether there is a picture to draw on."""
        for action in self.all():
            action.setEnabled(able)

    def put_away(self) -> None:
        """Point again."""
        self._take(None)

    def _choose(self, tool: Tool | None) -> None:
        self._take(None if tool is self._tool else tool)

    def _take(self, tool: Tool | None) -> None:
        self._tool = tool
        (self.pointer if tool is None else self.of[tool.kind]).setChecked(True)
        self.taken_up.emit(tool)

    def _action(self, icon: str, words: str, key: str, what: str, tool: Tool | None) -> QAction:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setActionGroup(self._group)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(what)
        icons.assign(action, icon)
        action.triggered.connect(lambda: self._choose(tool))
        return action
