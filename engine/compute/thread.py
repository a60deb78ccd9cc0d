"""A run in a background thread of this process."""

import threading
from pathlib import Path

from engine.compute.execute import execute
from engine.compute.handle import Listener
from engine.control import Control
from engine.errors import Cancelled, IsocenterError
from engine.runs import RunFolder
from engine.runs import events as ev


class ThreadRun:
    """Shares this process, and so the interpreter lock, with the window."""

    def __init__(self, workspace: Path, run: RunFolder, on_event: Listener) -> None:
        self._control = Control()
        self._on_event = on_event
        self._told = False
        self._thread = threading.Thread(target=self._work, args=(workspace, run), name="isocenter-run", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the thread still works."""
        return self._thread.is_alive()

    def pause(self) -> None:
        """Hold the run."""
        self._control.pause()

    def resume(self) -> None:
        """Let a held run go on."""
        self._control.resume()

    def cancel(self) -> None:
        """Stop for good."""
        self._control.cancel()

    def interrupt(self) -> None:
        """Stop, to be resumed."""
        self._control.interrupt()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the thread's end."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self, workspace: Path, run: RunFolder) -> None:
        try:
            execute(workspace, run, self._control, self._listen)
        except Cancelled:
            pass
        except IsocenterError as failure:
            if not self._told:
                self._on_event(ev.RunFailed(error=failure.what, hint=failure.hint))

    def _listen(self, event: ev.Event) -> None:
        self._told = self._told or isinstance(event, ev.RunFailed)
        self._on_event(event)
