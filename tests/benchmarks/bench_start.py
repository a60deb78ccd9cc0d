"""How long until something is on the screen, counted from the start of the process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.harness import Row, medians

TITLE = "Start: from spawn to first paint"
REPEATS = 7
LINE = "first-paint"
PEERS = {"bare PySide6 window": "start_pyside6", "pyqtgraph window, 512x512 image": "start_pyqtgraph"}
HERE = Path(__file__).resolve().parent


def run() -> list[Row]:
    """One row per peer. napari is one of them where NAPARI_PYTHON names a Python that has it."""
    measures = {"isocenter": starter([sys.executable, "-m", "desktop"])}
    for peer, script in PEERS.items():
        measures[peer] = starter([sys.executable, str(HERE / f"{script}.py")])
    if napari_python := os.environ.get("NAPARI_PYTHON"):
        measures["napari viewer"] = starter([napari_python, str(HERE / "start_napari.py")])
    medians(measures, 1)  # fills the file cache and compiles byte code
    taken = medians(measures, REPEATS)
    ours = taken.pop("isocenter")
    return [Row("first paint", "isocenter", peer, ours, value, "s") for peer, value in taken.items()]


def starter(command: list[str]) -> Callable[[], float]:
    """A measure: the seconds from spawning `command` until it says that it has painted."""
    environment = os.environ | {"ISOCENTER_FIRST_PAINT": "1", "PYTHONUNBUFFERED": "1"}

    def measure() -> float:
        begun = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            assert process.stdout is not None
            painted = next((time.perf_counter() for line in process.stdout if line.startswith(LINE)), None)
        if painted is None:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode} and painted nothing")
        return painted - begun

    return measure
