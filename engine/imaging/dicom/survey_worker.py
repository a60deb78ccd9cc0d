"""One process that reads headers for another."""

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

_PATIENCE = 0.5
_HIDING = threading.Lock()


class Worker:
    """A process that is given one batch of files at a time, and answers with what it read in each, in their order.

    `up` tells whether it has begun to work, `given` the key of the batch that it is at.
    """

    def __init__(self, process: SpawnProcess, connection: "Connection[Any, Any]") -> None:
        self.process, self.connection = process, connection
        self.up = False
        self.given: int | None = None

    @property
    def idle(self) -> bool:
        """Whether it can be given a batch."""
        return self.up and self.given is None

    def give(self, key: int, paths: Sequence[Path]) -> None:
        """Have it read these."""
        self.given = key
        try:
            self.connection.send([str(path) for path in paths])
        except OSError:
            # It has died, which is heard when its answer is asked for.
            return

    def answer(self) -> list[Any] | None:
        """What it read, nothing at its first sign of life, None where it has died."""
        try:
            heads: list[Any] = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.up, self.given = True, None
        return heads

    def stop(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self.process.terminate()
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_PATIENCE)


def start(read: Callable[[Path], Any]) -> Worker | None:
    """A new worker that reads files by `read`, a function of an importable module; None where there cannot be one."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, read), daemon=True, name="isocenter-headers")
    try:
        with _main_hidden():
            process.start()
    except (OSError, RuntimeError, AssertionError, ValueError):
        # Not from within a daemon, nor while a process is being set up, nor where the system has no more.
        ours.close()
        return None
    finally:
        theirs.close()
    return Worker(process, ours)


@contextmanager
def _main_hidden() -> Iterator[None]:
    """New processes do not run the script that was started here, which may be one that cannot be run twice."""
    main = sys.modules["__main__"]
    with _HIDING:
        hidden = {name: getattr(main, name, None) for name in ("__file__", "__spec__")}
        try:
            for name in hidden:
                setattr(main, name, None)
            yield
        finally:
            for name, value in hidden.items():
                setattr(main, name, value)


def _work(connection: "Connection[Any, Any]", read: Callable[[Path], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        connection.send([])
        while True:
            connection.send([read(Path(path)) for path in connection.recv()])
    except (EOFError, OSError):
        # The one who asked is gone, or has heard enough.
        return
