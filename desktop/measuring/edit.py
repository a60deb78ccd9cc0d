"""Drawing, moving, renaming and deleting shapes, and taking that back."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from desktop.measuring.drawn import State

if TYPE_CHECKING:
    from desktop.measuring.board import Board


class Edit(QUndoCommand):
    """Takes shapes from one state to another; undo takes them back, whatever is on the screen by then."""

    def __init__(self, board: "Board", words: str, before: State, after: State) -> None:
        super().__init__(words)
        self._board, self._before, self._after = board, before, after

    def redo(self) -> None:
        self._board.become(self._after)

    def undo(self) -> None:
        self._board.become(self._before)
        self._board.told_back(
            self.text(), {each.scan for each in (*self._before.values(), *self._after.values()) if each}
        )
