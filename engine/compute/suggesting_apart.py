"""Suggesting in a process of its own, so that a window that waits for the answer stays quick."""

import contextlib
import json
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from engine.compute.suggesting import Progress, Suggested, suggest
from engine.control import Control
from engine.errors import IsocenterError, RunError
from engine.runs import RunFolder

_LOOK_EVERY_S = 0.1
_POLITE = 5


def suggest_apart(workspace: Path, run: RunFolder, progress: Progress, control: Control) -> Suggested:
    """`suggest`, elsewhere; what the other process says comes as lines of JSON, nothing is unpickled."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(theirs, str(workspace), str(run.path)), name="isocenter-suggest", daemon=True
    )
    process.start()
    theirs.close()
    try:
        return _answer(ours, process, run, progress, control)
    finally:
        if process.is_alive():
            process.terminate()
        process.join()
        ours.close()


def _answer(pipe: Connection, process: BaseProcess, run: RunFolder, progress: Progress, control: Control) -> Suggested:
    with contextlib.suppress(EOFError, OSError):
        while True:
            control.check()
            if not pipe.poll(_LOOK_EVERY_S):
                continue
            told: dict[str, Any] = json.loads(pipe.recv_bytes())
            if "done" in told:
                progress(told["done"], told["total"], told["text"])
            elif "error" in told:
                raise RunError(told["error"], hint=told["hint"])
            else:
                return Suggested(run.name, told["columns"], tuple(told["left_out"]), told["folds"], told["device"])
    process.join()
    hint = "The memory may be too small for this model. Try again when less is open."
    raise RunError(f"the process that asked the run ended with status {process.exitcode}", hint=hint)


def _work(pipe: Connection, workspace: str, run: str) -> None:
    """What the other process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_POLITE)

    def tell(**values: Any) -> None:
        pipe.send_bytes(json.dumps(values).encode())

    def report(done: int, total: int, text: str) -> None:
        tell(done=done, total=total, text=text)

    try:
        made = suggest(Path(workspace), RunFolder(Path(run)), report)
    except IsocenterError as failure:
        tell(error=failure.what, hint=failure.hint)
        return
    columns = {name: {patient: dict(shares) for patient, shares in rows.items()} for name, rows in made.columns.items()}
    tell(columns=columns, left_out=made.left_out, folds=made.folds, device=made.device)
