"""Having a finished run suggest labels, elsewhere, with a row in the tray."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from desktop.cohort_rows import counted
from desktop.session import Session

if TYPE_CHECKING:
    from desktop.bridge import Report
    from desktop.jobs import Job
    from desktop.runs import RunEntry
    from engine.compute.suggesting import Suggested
    from engine.control import Control
    from engine.errors import IsocenterError

MOST_REASONS = 3


class Asking(QObject):
    """At most one run is asked at a time; `changed` tells that it begins and ends.

    `outcome` says what came of it, `heard` whether it suggested anything.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.where: Literal["process", "thread"] = "process"
        self.busy = self.heard = False
        self.outcome = ""
        self._job: Job | None = None
        session.workspace_changed.connect(self._forget)
        session.bridge.job_ended.connect(self._job_ended)

    def ask(self, entry: "RunEntry") -> None:
        """Ask a run about everybody it may be asked about; what it says is put into the workspace."""
        workspace = self._session.workspace
        if workspace is None or self.busy:
            return
        path, folder, where = workspace.path, entry.folder, self.where
        self.heard = False
        self._set("", busy=True)

        def work(report: "Report", control: "Control") -> "Suggested":
            from engine.compute.suggesting import suggest
            from engine.compute.suggesting_apart import suggest_apart

            return (suggest_apart if where == "process" else suggest)(path, folder, report, control)

        def done(made: "Suggested") -> None:
            if self._session.workspace is workspace:
                self._put(made)

        self._job = self._session.bridge.submit_job(f"Asking {entry.title}", work, done, self._failed, owner=self)

    def _put(self, made: "Suggested") -> None:
        from engine.cohort.edits import PutSuggestions

        edits = [PutSuggestions(made.run, column, rows) for column, rows in made.columns.items() if rows]
        left_out = f" Left out: {_few(made.left_out)}." if made.left_out else ""
        self.heard = bool(edits)
        if edits:
            self._session.editing.make(*edits)
            self._set(f"{counted(made.folds, 'model')} looked at {counted(made.patients, 'patient')}.{left_out}")
        else:
            self._set(f"{NOBODY}{left_out}")

    def _failed(self, error: "IsocenterError") -> None:
        self._set("")
        self._session.failed.emit(error)

    def _job_ended(self, job: "Job") -> None:
        """Also where it was cancelled, and there is no answer."""
        if job is self._job:
            self._job = None
            self._set(busy=False)

    def _forget(self) -> None:
        self._set("")

    def _set(self, outcome: str | None = None, *, busy: bool | None = None) -> None:
        self.outcome = self.outcome if outcome is None else outcome
        self.busy = self.busy if busy is None else busy
        self.changed.emit()


def _few(reasons: tuple[str, ...]) -> str:
    shown = "; ".join(reason.replace(" is left out:", ":") for reason in reasons[:MOST_REASONS])
    more = len(reasons) - MOST_REASONS
    return f"{shown}; and {more} more" if more > 0 else shown


NOBODY = "The run suggests nothing: every patient with the scans it needs has a label, or was in the run itself."
