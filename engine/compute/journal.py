"""Everything a run says goes the same three ways: `events.jsonl`, `log.txt`, and whoever listens."""

import time
from collections.abc import Callable

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
            self._log = run.log_path.open("a", encoding="utf-8", buffering=1)
        self._last_progress = 0.0

    def emit(self, event: ev.Event) -> None:
        """Record an event, then tell it."""
        self._events.append(event)
        with storage_errors(self._log_path):
            self._log.write(f"{event.at} {_told(event)}\n")
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
    match event:
        case ev.RunStarted():
            return f"Run of '{event.recipe}' with {event.folds} folds on {event.device} ({event.level} level)"
        case ev.RunResumed():
            return f"Resumed on {event.device}: {event.folds_done} folds were done already"
        case ev.Prepared():
            return f"Prepared {event.done} of {event.total} patients"
        case ev.FoldStarted():
            return f"Fold {event.fold} of {event.folds}: {event.train} patients train, {event.test} are kept out"
        case ev.EpochEnded():
            return f"Fold {event.fold}, epoch {event.epoch}: loss {event.loss:.4f}, accuracy {event.accuracy:.3f}"
        case ev.FoldFinished():
            return f"Fold {event.fold} finished after {event.seconds:.1f} s"
        case ev.Evaluated():
            return (
                f"'{event.target}': balanced accuracy {event.balanced_accuracy:.3f} "
                f"[{event.low:.3f} to {event.high:.3f}]"
            )
        case ev.Progress():
            return f"{event.phase}: {event.done} of {event.total}"
        case ev.Warned():
            return f"Note: {event.text}"
        case ev.RunFinished():
            return f"Finished after {event.seconds:.1f} s"
        case ev.RunFailed():
            return f"Failed: {event.error}. {event.hint}"
        case _:
            return type(event).__name__.removeprefix("Run")
