"""The guarded processes of this program: started when first needed, kept for reuse, replaced when they die."""

import contextlib
import os
import threading
from pathlib import Path
from typing import Any

from engine.imaging.guard.child import carried_out
from engine.imaging.guard.process import Gone, GuardedProcess
from engine.imaging.guard.task import Task, name_of, task_named
from engine.imaging.volume import Array

PROCESSES = min(os.cpu_count() or 1, 4)
MEMORY = 1 << 30
SECONDS = 60.0


class CannotStart(Exception):
    """The system, or the kind of process that this is, allows no children."""


class Pool:
    """At most `size` processes; whoever asks for one more waits."""

    def __init__(self, size: int) -> None:
        self._places = threading.BoundedSemaphore(size)
        self._idle: list[GuardedProcess] = []
        self._hopeless = False

    def ask(self, request: dict[str, Any], seconds: float, most: int) -> tuple[dict[str, Any], list[Array]]:
        """The answer of a process that is free; CannotStart where there can be none."""
        with self._places:
            while True:
                process = self._free()
                try:
                    return process.ask(request, seconds, most)
                except Gone:
                    continue
                finally:
                    if process.alive:
                        self._idle.append(process)

    def _free(self) -> GuardedProcess:
        with contextlib.suppress(IndexError):
            while True:
                process = self._idle.pop()
                if process.alive:
                    return process
        return self._started()

    def _started(self) -> GuardedProcess:
        if self._hopeless:
            raise CannotStart
        try:
            return GuardedProcess()
        except (Gone, OSError, RuntimeError, AssertionError) as failure:
            self._hopeless = True
            raise CannotStart from failure


def guarded(
    task: Task,
    path: Path,
    arguments: dict[str, Any] | None = None,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    most: int = MEMORY,
) -> tuple[dict[str, Any], list[Array]]:
    """What `task(path, **arguments)` gives in a process of its own, at most `most` bytes of arrays.

    Whatever becomes of the task (it fails, crashes, needs longer than `seconds` or more than `memory` bytes) is a
    ReadError of this file; RegistryError where it is no task. Where no process can be started, it is done here.
    """
    name = name_of(task)
    task_named(name)
    request = {"task": name, "path": str(path), "arguments": arguments or {}, "memory": memory}
    try:
        return _pool.ask(request, seconds, most)
    except CannotStart:
        head, arrays = carried_out(name, path, arguments or {})
        return head, list(arrays)


def _renewed() -> None:
    global _pool
    _pool = Pool(PROCESSES)


_pool = Pool(PROCESSES)
if hasattr(os, "register_at_fork"):
    # A forked process would talk through the same pipes as its parent.
    os.register_at_fork(after_in_child=_renewed)
