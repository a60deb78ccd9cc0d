"""Keeping scans out of every run, and taking that back."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.cohort import Scan, Workspace

BY_HAND = "by hand"


class Exclusion(QUndoCommand):
    """Gives scans a reason to be excluded, or with an empty one takes them back in; undo restores what was."""

    def __init__(self, session: "Session", scans: "list[Scan]", reason: str) -> None:
        verb = "Exclude" if reason else "Include"
        many = f"{len(scans)} scan{'' if len(scans) == 1 else 's'}"
        super().__init__(f"{verb} {many}")
        self._done = f"{verb}d {many}"
        self._session = session
        self._before = {scan.id: scan.excluded for scan in scans}
        self._after = {scan.id: reason for scan in scans}

    def redo(self) -> None:
        self._session.exclusions.wish(self._after)
        self._session.announced.emit(f"{self._done}. Ctrl+Z takes it back.")

    def undo(self) -> None:
        self._session.exclusions.wish(self._before)
        self._session.announced.emit(f"{self.text()}: taken back.")


class Exclusions(QObject):
    """Writes what was wished last, however the writes overtake each other."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._wished: dict[int, str] = {}

    def wish(self, reasons: dict[int, str]) -> None:
        """Have every scan named carry its reason; the cohort is read anew afterwards."""
        workspace = self._session.workspace
        if workspace is None:
            return
        self._wished |= reasons
        write = partial(_write, workspace, tuple(reasons), self._wished)
        self._session.bridge.submit(write, lambda _: self._session.refresh_cohort(), owner=self)

    def forget(self) -> None:
        """Another workspace was opened."""
        self._wished = {}


def _write(workspace: "Workspace", scans: tuple[int, ...], wished: dict[int, str]) -> None:
    for scan in scans:
        workspace.store.exclude(scan, wished[scan])
