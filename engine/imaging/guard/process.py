"""One guarded process, seen from the program."""

import json
import multiprocessing
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.errors import ReadError
from engine.imaging.guard.child import serve
from engine.imaging.guard.message import receive
from engine.imaging.volume import Array

_HINT = "The file is probably damaged: copy it again from where it came. The others are not affected."
_START_SECONDS = 120.0
_starting = threading.Lock()


class Gone(Exception):
    """The process died before it took a request."""


class GuardedProcess:
    """A spawned worker. Whoever holds it asks one thing at a time; it is of no use once `alive` is false.

    Gone where it does not come up.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), name="isocenter-guarded", daemon=True)
        with _without_main():
            self._process.start()
        theirs.close()
        self._late = False
        try:
            with self._time_limit(_START_SECONDS):
                receive(self._pipe, 0)
        except (EOFError, OSError) as failure:
            self.kill()
            raise Gone from failure

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.is_alive()

    def ask(self, request: dict[str, Any], seconds: float, most: int) -> tuple[dict[str, Any], list[Array]]:
        """The answer to a request. ReadError where the task fails, dies or takes too long; Gone if it was not asked."""
        path = Path(request["path"])
        try:
            self._pipe.send_bytes(json.dumps(request).encode())
        except OSError as failure:
            self.kill()
            raise Gone from failure
        with self._time_limit(seconds):
            try:
                head, arrays = receive(self._pipe, most)
            except Exception as failure:  # a decoder that ran wild may have said anything
                self.kill()
                raise ReadError(self._death(seconds), path=path, hint=_HINT) from failure
        if "done" not in head:
            raise ReadError(head["failed"]["what"], path=path, hint=head["failed"]["hint"])
        return head["done"], arrays

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    @contextmanager
    def _time_limit(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _death(self, seconds: float) -> str:
        if self._late:
            return f"its decoder did not finish within {seconds:g} seconds"
        return "its decoder crashed"


@contextmanager
def _without_main() -> Iterator[None]:
    # A spawned process runs the program's main module once more, which it does not need: the window's would
    # load Qt, and a script without a guard of its own would do everything twice.
    with _starting:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
