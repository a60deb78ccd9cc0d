"""Keeping scans out of every run, or letting those in whose geometry failed; and taking that back."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.cohort import Scan, Workspace

Kind = Literal["exclude", "accept"]
Reasons = Mapping[int, str]
BY_HAND = "by hand"
CHECKED = "checked by hand"


class Judgement(QUndoCommand):
    """Gives scans a reason of one kind, or with an empty one takes it from them; undo restores what was."""

    def __init__(self, session: "Session", kind: Kind, words: tuple[str, str], before: Reasons, reason: str) -> None:
        many = f"{len(before)} scan{'' if len(before) == 1 else 's'}"
        doing, done = words
        super().__init__(f"{doing} {many}")
        self._done = f"{done} {many}"
        self._session, self._kind = session, kind
        self._before = dict(before)
        self._after = dict.fromkeys(before, reason)

    def redo(self) -> None:
        self._session.judgements.wish(self._kind, self._after)
        self._session.announced.emit(f"{self._done}. Ctrl+Z takes it back.")

    def undo(self) -> None:
        self._session.judgements.wish(self._kind, self._before)
        self._session.announced.emit(f"{self.text()}: taken back.")


class Exclusion(Judgement):
    """Keeps scans out of every run; with an empty reason takes them back in."""

    def __init__(self, session: "Session", scans: "Sequence[Scan]", reason: str) -> None:
        words = ("Exclude", "Excluded") if reason else ("Include", "Included")
        super().__init__(session, "exclude", words, {scan.id: scan.excluded for scan in scans}, reason)


class Acceptance(Judgement):
    """Lets scans take part although their geometry failed; with an empty reason takes that back."""

    def __init__(self, session: "Session", scans: "Sequence[Scan]", reason: str) -> None:
        words = ("Accept", "Accepted") if reason else ("Keep out", "Kept out")
        super().__init__(session, "accept", words, {scan.id: scan.accepted for scan in scans}, reason)


class Judgements(QObject):
    """Writes what was wished last, however the writes overtake each other."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._wished: dict[tuple[Kind, int], str] = {}

    def wish(self, kind: Kind, reasons: Reasons) -> None:
        """Have every scan named carry its reason; the cohort is read anew afterwards."""
        workspace = self._session.workspace
        if workspace is None:
            return
        self._wished |= {(kind, scan): reason for scan, reason in reasons.items()}
        write = partial(_write, workspace, kind, tuple(reasons), self._wished)
        self._session.bridge.submit(write, lambda _: self._session.refresh_cohort(), owner=self)

    def forget(self) -> None:
        """Another workspace was opened."""
        self._wished = {}


def _write(workspace: "Workspace", kind: Kind, scans: tuple[int, ...], wished: Mapping[tuple[Kind, int], str]) -> None:
    write = workspace.store.exclude if kind == "exclude" else workspace.store.accept
    for scan in scans:
        write(scan, wished[kind, scan])
