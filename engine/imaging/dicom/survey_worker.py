"""One process that reads headers for another."""

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

_AHEAD = 2
_PATIENCE = 0.5

Read = Callable[[Sequence[Path]], list[Any]]


class Worker:
    """A process that is given batches of files and answers with what it read in them, in their order."""

    def __init__(self, process: SpawnProcess, connection: "Connection[Any, Any]") -> None:
        self.process, self.connection = process, connection
        self.given: deque[int] = deque()
        self.was_up = False

    @property
    def up(self) -> bool:
        """Whether it has begun to work."""
        return self.was_up

    @property
    def wants_more(self) -> bool:
        """Whether it might run out of work."""
        return len(self.given) < _AHEAD

    def give(self, key: int, paths: Sequence[Path]) -> None:
        """Have it read these; the answer will come under `key`."""
        self.given.append(key)
        try:
            self.connection.send([str(path) for path in paths])
        except OSError:
            # It has died; that is heard when its answer is asked for.
            return

    def answer(self) -> tuple[int, list[Any]] | tuple[()] | None:
        """Its oldest batch, nothing at its first sign of life, None where it has died."""
        try:
            heads = self.connection.recv()
        except (EOFError, OSError):
            return None
        if not self.was_up:
            self.was_up = True
            return ()
        return self.given.popleft(), heads

    def stop(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self.process.terminate()
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_PATIENCE)


def start(read: Read) -> Worker | None:
    """A new worker; None where there cannot be one, as in a script that is not a file."""
    if not _can_spawn():
        return None
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, read), daemon=True, name="isocenter-headers")
    try:
        process.start()
    except (OSError, RuntimeError, AssertionError, ValueError):
        # Not from within a daemon, nor while a process is being set up, nor where the system has no more.
        ours.close()
        return None
    finally:
        theirs.close()
    return Worker(process, ours)


def _can_spawn() -> bool:
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    named = getattr(getattr(main, "__spec__", None), "name", None)
    return bool(getattr(sys, "frozen", False) or named or file is None or Path(file).is_file())


def _work(connection: "Connection[Any, Any]", read: Read) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        connection.send(None)
        while True:
            connection.send(read([Path(path) for path in connection.recv()]))
    except (EOFError, OSError):
        # The one who asked is gone, or has heard enough.
        return
