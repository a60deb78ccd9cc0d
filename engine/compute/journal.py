"""Everything a run says goes the same three ways: `events.jsonl`, `log.txt`, and whoever listens."""

import time
from collections.abc import Callable
from typing import Any

from engine.errors import StorageError
from engine.files import storage_errors
from engine.runs import EventLog, RunFolder
from engine.runs import events as ev

Listener = Callable[[ev.Event], None]
_MOST_OFTEN_S = 0.1


class Journal:
    """Used by the one process that works on the run. No patient names, ids or paths are written to the log."""

    def __init__(self, run: RunFolder, listener: Listener) -> None:
        self._listener = listener
        self._log_path = run.log_path
        self._events = EventLog(run.events_path)
        with storage_errors(run.log_path):
            self._log = run.log_path.open("ab", buffering=0)
        self._last_progress = 0.0

    def emit(self, event: ev.Event) -> None:
        """Record an event, then tell it."""
        self._events.append(event)
        with storage_errors(self._log_path):
            self._log.write(f"{event.at} {_told(event)}\n".encode())
        self._listener(event)

    def emit_last(self, event: ev.Event) -> None:
        """The event that ends the run: it is told even where the disk takes no more."""
        try:
            self.emit(event)
        except StorageError:
            self._listener(event)

    def progress(self, event: ev.Prepared | ev.Progress) -> None:
        """Record how far something is, but not more than ten times a second."""
        moment = time.monotonic()
        if event.done == event.total or moment - self._last_progress >= _MOST_OFTEN_S:
            self._last_progress = moment
            self.emit(event)

    def close(self) -> None:
        """Nothing more will be said."""
        self._events.close()
        self._log.close()


def _told(event: ev.Event) -> str:
    """The event as one line for people."""
    told = _WORDS.get(type(event))
    return type(event).__name__.removeprefix("Run") if told is None else told(event)


_WORDS: dict[type[ev.Event], Callable[[Any], str]] = {
    ev.RunStarted: lambda e: f"Run of '{e.recipe}' with {e.folds} folds on {e.device} ({e.level} level)",
    ev.RunResumed: lambda e: f"Resumed on {e.device}: {e.folds_done} folds were done already",
    ev.Prepared: lambda e: f"Prepared {e.done} of {e.total} patients",
    ev.FoldStarted: lambda e: f"Fold {e.fold} of {e.folds}: {e.train} patients train, {e.test} are kept out",
    ev.EpochEnded: lambda e: f"Fold {e.fold}, epoch {e.epoch}: loss {e.loss:.4f}, accuracy {e.accuracy:.3f}",
    ev.FoldFinished: lambda e: f"Fold {e.fold} finished after {e.seconds:.1f} s",
    ev.Evaluated: lambda e: f"'{e.target}': balanced accuracy {e.balanced_accuracy:.3f} [{e.low:.3f} to {e.high:.3f}]",
    ev.Progress: lambda e: f"{e.phase}: {e.done} of {e.total}",
    ev.Warned: lambda e: f"Note: {e.text}",
    ev.RunFinished: lambda e: f"Finished after {e.seconds:.1f} s",
    ev.RunFailed: lambda e: f"Failed: {e.error}. {e.hint}",
}
