"""A run in a worker process of its own, which may die without taking the window along."""

import contextlib
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from engine.compute.handle import Listener
from engine.control import Control
from engine.errors import Cancelled, IsocenterError
from engine.runs import EventLog, RunFolder
from engine.runs import events as ev

_COMMANDS = ("pause", "resume", "cancel", "interrupt")
_ENDS = (ev.RunFinished, ev.RunFailed, ev.RunCancelled, ev.RunInterrupted)
_POLITE = 5


class WorkerRun:
    """Commands go to the worker and events come back as lines of text through one pipe; nothing is unpickled."""

    def __init__(self, workspace: Path, run: RunFolder, on_event: Listener) -> None:
        self._run, self._on_event = run, on_event
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._sending = threading.Lock()
        self._process = context.Process(
            target=_work, args=(theirs, str(workspace), str(run.path)), name="isocenter-run", daemon=True
        )
        self._process.start()
        theirs.close()
        self._thread = threading.Thread(target=self._listen, name="isocenter-events", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether events may still come."""
        return self._thread.is_alive()

    @property
    def pid(self) -> int | None:
        """The worker's process number."""
        return self._process.pid

    def pause(self) -> None:
        """Hold the run."""
        self._send("pause")

    def resume(self) -> None:
        """Let a held run go on."""
        self._send("resume")

    def cancel(self) -> None:
        """Stop for good."""
        self._send("cancel")

    def interrupt(self) -> None:
        """Stop, to be resumed."""
        self._send("interrupt")

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the last event was told."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _send(self, command: str) -> None:
        with self._sending, contextlib.suppress(OSError):
            self._pipe.send_bytes(command.encode())

    def _listen(self) -> None:
        ended = False
        with contextlib.suppress(EOFError, OSError):
            while True:
                event = ev.from_line(self._pipe.recv_bytes().decode())
                ended = ended or isinstance(event, _ENDS)
                self._on_event(event)
        self._process.join()
        with self._sending:
            self._pipe.close()
        if not ended:
            self._tell_death()

    def _tell_death(self) -> None:
        code = self._process.exitcode or 0
        how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
        hint = "Resume continues from the last checkpoint. If it happens again, the memory may be too small."
        event = ev.RunFailed(error=f"the worker process {how}", hint=hint)
        with contextlib.suppress(IsocenterError):
            log = EventLog(self._run.events_path)
            log.append(event)
            log.close()
        self._on_event(event)


def _work(pipe: Connection, workspace: str, run: str) -> None:
    """What the worker process does: the job function, with the pipe at both of its ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    control = Control()
    threading.Thread(target=_obey, args=(pipe, control), daemon=True).start()
    told_failure = False

    def tell(event: ev.Event) -> None:
        nonlocal told_failure
        told_failure = told_failure or isinstance(event, ev.RunFailed)
        with contextlib.suppress(OSError):
            pipe.send_bytes(ev.to_line(event).encode())

    try:
        from engine.compute.execute import execute

        execute(Path(workspace), RunFolder(Path(run)), control, tell)
    except Cancelled:
        pass
    except IsocenterError as failure:
        if not told_failure:
            tell(ev.RunFailed(error=failure.what, hint=failure.hint))


def _obey(pipe: Connection, control: Control) -> None:
    """Carry out commands; when the other end is gone, stop in a resumable state."""
    try:
        while True:
            command = pipe.recv_bytes().decode()
            if command in _COMMANDS:
                getattr(control, command)()
    except (EOFError, OSError):
        control.interrupt()
