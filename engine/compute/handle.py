"""Starting a run somewhere and holding on to it: the same commands wherever it works."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from engine.runs import RunFolder
from engine.runs import events as ev

Where = Literal["process", "thread"]
Listener = Callable[[ev.Event], None]


class RunHandle(Protocol):
    """A run under way. Commands take effect at its next safe point, at the latest after the batch at hand."""

    @property
    def alive(self) -> bool:
        """Whether the run still works, or waits in a pause."""
        ...

    def pause(self) -> None:
        """Hold the run."""
        ...

    def resume(self) -> None:
        """Let a held run go on."""
        ...

    def cancel(self) -> None:
        """Stop for good."""
        ...

    def interrupt(self) -> None:
        """Stop, to be started again on the same folder another time."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end and its last event; whether it came in time."""
        ...


def start_run(workspace: Path, run: RunFolder, *, where: Where = "process", on_event: Listener) -> RunHandle:
    """Carry out a run folder, from the start or from where it stopped. `on_event` is called from another thread.

    The last event tells how it ended, also where the worker process dies.
    """
    if where == "thread":
        from engine.compute.thread import ThreadRun

        return ThreadRun(workspace, run, on_event)
    from engine.compute.worker import WorkerRun

    return WorkerRun(workspace, run, on_event)
