"""What this machine computes with, asked of a process of its own: the window itself never loads torch."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LOOK_S = 0.1
TOLD = ("device", "python", "readers", "disk")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation; `tone` is the text's, bad where it is broken."""

    name: str
    told: str
    tone: str


def look_at_machine(given_up: Callable[[], bool]) -> list[Part]:
    """Device, Python, readers, disk, and every package that is broken.

    Takes seconds, so never on the GUI thread; ended early, with nothing, once `given_up` says so.
    """
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_examine, args=(theirs,), name="isocenter-doctor", daemon=True)
    process.start()
    theirs.close()
    try:
        while not ours.poll(LOOK_S):
            if given_up():
                process.terminate()
                return []
        answer = ours.recv_bytes()
    except EOFError:
        return [Part("Device", "The check ended before its answer", "bad")]
    finally:
        ours.close()
        process.join()
    return parts_of(json.loads(answer))


def parts_of(checks: list[dict[str, str]]) -> list[Part]:
    """The checks of `engine.doctor` worth a line in a panel, the device first."""
    told = {check["name"]: check for check in checks if check["name"] in TOLD or check["state"] == "bad"}
    order = [*(name for name in TOLD if name in told), *(name for name in told if name not in TOLD)]
    return [
        Part(name.capitalize(), told[name]["told"], "bad" if told[name]["state"] == "bad" else "text") for name in order
    ]


def _examine(pipe: "Connection") -> None:
    from engine.doctor import examine

    with contextlib.suppress(OSError):
        pipe.send_bytes(json.dumps([check.as_json() for check in examine(quick=True)]).encode())
