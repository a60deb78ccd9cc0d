"""What is wished of the workspace's database, and how it is carried out away from the window."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.cohort import Cohort, Workspace
    from engine.cohort.storage.journal import Edited

Work = Callable[["Workspace"], "Edited | None"]
Done = Callable[["Edited"], None]
Step = Literal["edit", "undo", "redo", "read", "show"]


@dataclass(frozen=True)
class Wish:
    """Something to do with the database, in `words`; `done` is told what came of it.

    "read" is to read the cohort anew, "show" to make its lists ready anew.
    """

    words: str
    work: Work
    done: Done
    step: Step = "edit"


@dataclass(frozen=True)
class Granted:
    """What came of some wishes, each, and the cohort after them; `touched` is all of it as one."""

    edited: "list[Edited | None]"
    cohort: "Cohort"

    @property
    def touched(self) -> "Edited | None":
        from engine.cohort.storage.journal import Edited

        made = [edited for edited in self.edited if edited is not None]
        if len(made) < 2:
            return made[0] if made else None
        return Edited(made[-1].number, made[-1].words, frozenset().union(*(one.patients for one in made)))


def taken(wishes: deque[Wish]) -> list[Wish]:
    """The next wish, taken away from those that wait; of steps back, or forth, as many as stand in a row."""
    some = [wishes.popleft()]
    while some[0].step in ("undo", "redo") and wishes and wishes[0].step == some[0].step:
        some.append(wishes.popleft())
    return some


def granted(session: "Session", workspace: "Workspace", cohort: "Cohort", wishes: Sequence[Wish]) -> Granted:
    """Carry wishes out, and read anew what they touched."""
    if wishes[0].step == "read":
        return Granted([None] * len(wishes), session.prepared(workspace.cohort()))
    made = Granted(_carried_out(workspace, wishes), cohort)
    if made.touched is None:
        session.prepared(cohort)
        return made
    return Granted(made.edited, session.prepared(workspace.store.renewed(cohort, made.touched)))


def _carried_out(workspace: "Workspace", wishes: Sequence[Wish]) -> "list[Edited | None]":
    """One wish, or many steps back or forth at once: then all of them, or none."""
    if len(wishes) == 1:
        return [wishes[0].work(workspace)]
    made = workspace.store.steps(len(wishes), back=wishes[0].step == "undo")
    return [*made, *([None] * (len(wishes) - len(made)))]
