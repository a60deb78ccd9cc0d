"""Changing the cohort: one edit after another, off the GUI thread; each is kept in the workspace and can be undone."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.cohort import Cohort, Workspace
    from engine.cohort.edits import Edit
    from engine.cohort.storage.journal import Edited, PastEdit
    from engine.errors import IsocenterError

Work = Callable[["Workspace"], "Edited | None"]
Done = Callable[["Edited"], None]


@dataclass(frozen=True)
class Wish:
    """Something to do with the database; `done` is told what came of it."""

    work: Work
    done: Done


class Past(QUndoCommand):
    """An edit that is in the workspace already; undo and redo speak to the workspace."""

    def __init__(self, editing: "Editing", number: int, words: str) -> None:
        super().__init__(words)
        self._editing, self.number = editing, number

    def undo(self) -> None:
        self._editing.turn(self.number, self.text(), back=True)

    def redo(self) -> None:
        self._editing.turn(self.number, self.text(), back=False)


class Editing(QObject):
    """Carries edits out in their order and keeps the window's undo stack and cohort in step with the workspace.

    `ended` tells that an edit, or its taking back, is in the workspace and shown.
    """

    ended = Signal(object)

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._wishes: deque[Wish] = deque()
        self._owed: deque[Callable[[], None]] = deque()
        self._asleep = self._busy = False

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the workspace."""
        return self._busy or bool(self._wishes)

    def make(self, *edits: "Edit", words: str = "", done: Done | None = None) -> None:
        """Carry edits out as one; nothing happens where no workspace is open. What goes wrong changes nothing."""
        named = words or edits[0].words

        def know(edited: "Edited") -> None:
            if edited.number:
                self._sleeping(lambda: self._session.edits.push(Past(self, edited.number, named)))
                self._session.announced.emit(f"{named}: done. Ctrl+Z takes it back.")
            if done is not None:
                done(edited)

        self._wish(Wish(lambda workspace: workspace.store.edit(*edits, words=words), know))

    def undo(self) -> None:
        """Take the newest change of the window back, once what is on its way has arrived."""
        self._in_turn(self._session.edits.undo)

    def redo(self) -> None:
        """Do again what was taken back last, once what is on its way has arrived."""
        self._in_turn(self._session.edits.redo)

    def turn(self, number: int, words: str, *, back: bool) -> None:
        """Take the newest edit back, or do it again; the undo stack calls this."""
        if self._asleep:
            return
        told = "taken back" if back else "done again"
        self._wish(
            Wish(
                lambda workspace: workspace.store.undo() if back else workspace.store.redo(),
                lambda _: self._session.announced.emit(f"{words}: {told}."),
            )
        )

    def remember(self, history: "list[PastEdit]") -> None:
        """The edits of a workspace that was opened: those of earlier days can be taken back too."""
        self._wishes.clear()
        self._owed.clear()
        self._busy = False
        stack = self._session.edits

        def fill() -> None:
            stack.clear()
            for past in history:
                stack.push(Past(self, past.number, past.words))
            stack.setIndex(sum(not past.undone for past in history))

        self._sleeping(fill)

    def _wish(self, wish: Wish) -> None:
        self._wishes.append(wish)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        workspace, cohort = self._session.workspace, self._session.cohort
        if workspace is None or cohort is None or not self._wishes:
            self._wishes.clear()
            return
        self._busy = True
        wish = self._wishes.popleft()
        self._session.bridge.submit(
            partial(_carried_out, self._session, workspace, cohort, wish.work),
            lambda answer: self._know(workspace, wish, *answer),
            lambda error: self._failed(workspace, error),
            owner=self,
        )

    def _in_turn(self, step: Callable[[], None]) -> None:
        if self.busy:
            self._owed.append(step)
        else:
            step()

    def _know(self, workspace: "Workspace", wish: Wish, edited: "Edited | None", cohort: "Cohort") -> None:
        if workspace is not self._session.workspace:
            return
        self._busy = False
        if edited is not None:
            self._session.show_cohort(cohort)
            wish.done(edited)
            self.ended.emit(edited)
        self._next()
        while self._owed and not self.busy:
            self._owed.popleft()()

    def _failed(self, workspace: "Workspace", error: "IsocenterError") -> None:
        """What was to come after is not done either; the undo stack is read anew."""
        if workspace is not self._session.workspace:
            return
        self._wishes.clear()
        self._owed.clear()
        self._busy = False
        self._session.failed.emit(error)
        self._session.bridge.submit(workspace.store.history, self.remember, owner=self)

    def _sleeping(self, work: Callable[[], None]) -> None:
        self._asleep = True
        try:
            work()
        finally:
            self._asleep = False


def _carried_out(
    session: "Session", workspace: "Workspace", cohort: "Cohort", work: Work
) -> "tuple[Edited | None, Cohort]":
    edited = work(workspace)
    return edited, cohort if edited is None else session.prepared(workspace.store.renewed(cohort, edited))
