"""What the page asks of the workspace: divisions to keep, patients to set aside, a vault to open."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.pages.split.plan import Wanted, kept
from desktop.session import Session

if TYPE_CHECKING:
    from engine.cohort.dividing.saved_divisions import Division


class Keeping(QObject):
    """Nothing here makes the window wait. `known(Kept)` is what the workspace holds, `opened` who is in the vault."""

    known = Signal(object)
    opened = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def read(self) -> None:
        """Read anew what the workspace holds."""
        workspace, cohort = self._session.workspace, self._session.cohort
        if workspace is not None and cohort is not None:
            home = Path(workspace.path)
            self._session.bridge.submit(lambda: kept(home, cohort), self.known.emit, owner=self)

    def save(self, division: "Division", name: str, then: Callable[[], None] | None = None) -> None:
        """Keep a division under a name; it can be undone."""
        from dataclasses import replace

        from engine.cohort.edits.divisions import PutDivision

        self._session.editing.make(
            PutDivision(replace(division, name=name)), done=None if then is None else lambda _: then()
        )

    def rename(self, name: str, into: str) -> None:
        from engine.cohort.edits.divisions import RenameDivision

        self._session.editing.make(RenameDivision(name, into))

    def drop(self, name: str) -> None:
        from engine.cohort.edits.divisions import DropDivision

        self._session.editing.make(DropDivision(name))

    def export(self, division: "Division", path: Path) -> None:
        """Write a division as a table."""
        from engine.cohort.dividing.division_table import write_division

        announced = self._session.announced
        self._session.bridge.submit(
            lambda: write_division(path, division), lambda _: announced.emit(f"Wrote {path.name}."), owner=self
        )

    def take_table(self, path: Path, targets: Sequence[str]) -> None:
        """Save a division from a table under the table's name."""
        cohort = self._session.cohort
        if cohort is None:
            return

        def work() -> "Division":
            from engine.cohort.dividing.division import Subjects
            from engine.cohort.dividing.division_table import read_division

            return read_division(path, path.stem, Subjects.of(cohort, targets))

        self._session.bridge.submit(work, lambda division: self.save(division, path.stem), owner=self)

    def set_aside(self, share: float, wanted: Wanted) -> None:
        """Draw a share of each class for the vault; it can be undone."""
        cohort = self._session.cohort
        if cohort is None:
            return

        def work() -> tuple[str, ...]:
            from engine.cohort.dividing.division import Subjects
            from engine.cohort.dividing.vault import drawn_for_vault

            by = wanted.options.get("by", ())
            return drawn_for_vault(Subjects.of(cohort, wanted.targets), share, by, wanted.seed)

        self._session.bridge.submit(work, self._set_aside, owner=self)

    def give_back(self) -> None:
        from engine.cohort.edits.vault import GiveBack

        self._session.editing.make(GiveBack())

    def open_vault(self, reason: str) -> None:
        """Tell who is in the vault; it is counted, and nothing takes it back."""
        workspace = self._session.workspace
        if workspace is None:
            return

        def work() -> tuple[str, ...]:
            from engine.cohort.dividing.vault import open_vault

            return open_vault(workspace, reason)

        self._session.bridge.submit(work, self._was_opened, owner=self)

    def _set_aside(self, patients: tuple[str, ...]) -> None:
        from engine.cohort.edits.vault import SetAside

        self._session.editing.make(SetAside(patients))

    def _was_opened(self, patients: tuple[str, ...]) -> None:
        self.read()
        self.opened.emit(patients)
