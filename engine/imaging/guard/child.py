"""The guarded process: it carries out one task after another until nobody listens any more."""

import contextlib
import json
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engine.errors import ReadError
from engine.imaging.guard.message import send
from engine.imaging.guard.task import Answer, task_named
from engine.imaging.read_errors import read_errors


def serve(pipe: Connection) -> None:
    """Answer requests until the pipe closes."""
    _silence()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        send(pipe, {"ready": True})
        while True:
            _answer(pipe, json.loads(pipe.recv_bytes()))


def carried_out(name: str, path: Path, arguments: dict[str, Any]) -> Answer:
    """What a task gives; nothing but ReadError comes out of it."""
    function = task_named(name)
    with read_errors(path):
        return function(path, **arguments)


def _answer(pipe: Connection, request: dict[str, Any]) -> None:
    path = Path(request["path"])
    try:
        with memory_limited(request["memory"]):
            head, arrays = carried_out(request["task"], path, request["arguments"])
    except ReadError as failure:
        head, arrays = {"what": failure.what, "hint": failure.hint}, ()
        send(pipe, {"failed": head})
        return
    send(pipe, {"done": head}, arrays)


def _silence() -> None:
    # Decoders print; what they say may hold what stands in the file, and would end up in the output of programs.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


@contextlib.contextmanager
def memory_limited(more: int) -> Any:
    """Let the process take `more` bytes than it has now; where the system knows no such limit, whatever it wants."""
    if sys.platform == "win32" or not Path("/proc/self/statm").exists():
        yield
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
