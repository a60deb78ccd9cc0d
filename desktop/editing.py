"""Changing the cohort: one edit after another, off the GUI thread; each is kept in the workspace and can be undone."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand

from desktop.editing_wishes import Done, Granted, Step, Wish, granted, taken

if TYPE_CHECKING:
    from desktop.bridge import Task
    from desktop.session import Session
    from engine.cohort import Workspace
    from engine.cohort.edits import Edit
    from engine.cohort.storage.journal import Edited, PastEdit
    from engine.errors import IsocenterError

LONG_MS = 400
FAREWELL_S = 30


class Past(QUndoCommand):
    """An edit that is in the workspace already; undo and redo speak to the workspace."""

    def __init__(self, editing: "Editing", number: int, words: str) -> None:
        super().__init__(words)
        self._editing, self.number = editing, number

    def undo(self) -> None:
        self._editing.turn(self.text(), back=True)

    def redo(self) -> None:
        self._editing.turn(self.text(), back=False)


class Editing(QObject):
    """Carries edits out in their order and keeps the window's undo stack and cohort in step with the workspace.

    `ended` tells that an edit, or its taking back, is in the workspace and shown. What is on its way when the
    workspace is left is written before it is given back.
    """

    ended = Signal(object)

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._wishes: deque[Wish] = deque()
        self._under_way: list[Wish] = []
        self._owed: deque[Callable[[], None]] = deque()
        self._task: Task | None = None
        self._asleep = self._busy = False
        self._long = QTimer(self, interval=LONG_MS, singleShot=True)
        self._long.timeout.connect(self._tell_that_it_takes_long)
        session.leaving.connect(self.finish)

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

        self._wish(Wish(named, lambda workspace: workspace.store.edit(*edits, words=words), know))

    def undo(self) -> None:
        """Take the newest change of the window back, once what is on its way has arrived."""
        self._in_turn(self._session.edits.undo)

    def redo(self) -> None:
        """Do again what was taken back last, once what is on its way has arrived."""
        self._in_turn(self._session.edits.redo)

    def go_to(self, point: int) -> None:
        """Take back, or do again, all there is up to a point of the undo stack, once what is on its way arrived."""
        self._in_turn(lambda: self._session.edits.setIndex(point))

    def turn(self, words: str, *, back: bool) -> None:
        """Take the newest edit back, or do it again; the undo stack calls this."""
        if self._asleep:
            return
        told = f"{words}: {'taken back' if back else 'done again'}."
        step: Step = "undo" if back else "redo"
        self._wish(Wish(words, lambda w: getattr(w.store, step)(), lambda _: self._session.announced.emit(told), step))

    def read_again(self) -> None:
        """Read the cohort anew in turn with the edits, so that neither misses the other; once for many calls."""
        if not (self._wishes and self._wishes[-1].step == "read"):
            self._wish(Wish("", _nothing, _nothing, "read"))

    def show_again(self) -> None:
        """Show the cohort as it is after the edits on their way, once its lists are made ready for that."""
        self._wish(Wish("", _nothing, _nothing, "show"))

    def remember(self, history: "list[PastEdit]") -> None:
        """The edits of a workspace that was opened: those of earlier days can be taken back too."""
        self._forget()
        self._fill(history)

    def finish(self) -> None:
        """Have all that was wished in the workspace now, before it is given back; shows nothing of it any more."""
        workspace, task = self._session.workspace, self._task
        if workspace is None or not self.busy:
            return
        waiting = [] if task is None or _arrived(task) else self._under_way
        wishes = [*waiting, *self._wishes]
        self._forget()
        for wish in wishes:
            try:
                wish.work(workspace)
            except Exception as error:  # whatever it is, the others are wished for too
                self._session.bridge.fail(error)

    def _forget(self) -> None:
        if self._task is not None:
            self._task.cancelled = True
            self._task = None
        self._wishes.clear()
        self._owed.clear()
        self._long.stop()
        self._busy = False

    def _fill(self, history: "list[PastEdit]") -> None:
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
        self._under_way = taken(self._wishes)
        self._long.start()
        self._task = self._session.bridge.submit(
            partial(granted, self._session, workspace, cohort, self._under_way),
            lambda answer: self._know(workspace, answer),
            lambda error: self._failed(workspace, error),
            owner=self,
        )

    def _in_turn(self, step: Callable[[], None]) -> None:
        if self.busy:
            self._owed.append(step)
        else:
            step()

    def _know(self, workspace: "Workspace", answer: Granted) -> None:
        if workspace is not self._session.workspace:
            return
        wishes = self._rest()
        if answer.cohort is not self._session.cohort or wishes[0].step == "show":
            self._session.show_cohort(answer.cohort)
        for wish, edited in zip(wishes, answer.edited, strict=True):
            if edited is not None:
                wish.done(edited)
        if answer.touched is not None:
            self.ended.emit(answer.touched)
        self._go_on()

    def _go_on(self) -> None:
        self._next()
        while self._owed and not self.busy:
            self._owed.popleft()()

    def _rest(self) -> list[Wish]:
        wishes, self._under_way, self._task, self._busy = self._under_way, [], None, False
        self._long.stop()
        return wishes

    def _failed(self, workspace: "Workspace", error: "IsocenterError") -> None:
        """What is to be taken back after it is not; the undo stack is read anew before the other edits go on."""
        if workspace is not self._session.workspace:
            return
        self._rest()
        self._busy = True
        self._wishes = deque(wish for wish in self._wishes if wish.step not in ("undo", "redo"))
        self._owed.clear()
        self._session.failed.emit(error)

        def go_on(history: "list[PastEdit] | None") -> None:
            self._busy = False
            if workspace is self._session.workspace:
                if history is not None:
                    self._fill(history)
                self._go_on()

        self._session.bridge.submit(workspace.store.history, go_on, lambda _: go_on(None), owner=self)

    def _tell_that_it_takes_long(self) -> None:
        words = {"undo": "Taking back", "redo": "Doing again"}
        first = self._under_way[0]
        if first.words:
            self._session.announced.emit(": ".join(filter(None, (words.get(first.step, ""), f"{first.words}…"))))

    def _sleeping(self, work: Callable[[], None]) -> None:
        self._asleep = True
        try:
            work()
        finally:
            self._asleep = False


def _nothing(_: object) -> None:
    """What is done where the cohort is only shown."""


def _arrived(task: "Task") -> bool:
    """Whether the work under way got through; where it had not begun it never will. It is waited for."""
    if task.future is None:
        return True
    task.future.cancel()
    try:
        task.future.result(FAREWELL_S)
    except CancelledError:
        return False
    except Exception:  # it changed nothing, and is told where there still is somebody
        return True
    return True
