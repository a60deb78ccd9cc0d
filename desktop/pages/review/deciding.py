"""Decisions on their way to the workspace, and how the last of them is taken back."""

from collections.abc import Collection

from PySide6.QtCore import QObject

from desktop.session import Session
from engine.cohort.edits import Edit


class Deciding(QObject):
    """Remembers what was decided on the page, so that only that is taken back by it, in its order."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._made: list[tuple[str, str]] = []
        self._wants_back = False
        session.editing.ended.connect(lambda _: self._ended())
        session.workspace_changed.connect(self._made.clear)

    def decide(self, patient: str, edit: Edit) -> None:
        """Have a decision about a patient carried out."""
        made = (patient, edit.words)
        self._session.editing.make(edit, done=lambda edited: self._made.append(made))

    def take_back(self) -> None:
        """Undo the last decision, and nothing else of the cohort; while one is on its way, afterwards."""
        if self._session.editing.busy:
            self._wants_back = True
        elif self._made and self._session.edits.undoText() == self._made[-1][1]:
            self._session.edits.undo()
        else:
            self._session.announced.emit("There is no decision here to take back. Ctrl+Z undoes other changes.")

    def undone(self, waiting: Collection[str]) -> str:
        """Who was decided here last and waits again, whichever way it was taken back; empty where nobody does."""
        again = [patient for patient, _ in self._made if patient in waiting]
        self._made[:] = [made for made in self._made if made[0] not in waiting]
        return again[-1] if again else ""

    def _ended(self) -> None:
        if self._wants_back and not self._session.editing.busy:
            self._wants_back = False
            self.take_back()
