"""How late the window's own clock ticks while a run trains beside it: in a worker process, in a thread, not at all."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.app import application
from desktop.runs import Where
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from engine.demo import make_demo
from engine.recipe import Recipe, load_recipe, with_settings
from tests.benchmarks.harness import Row

TITLE = "Heartbeat: lateness of a 5 ms timer of the window, train page in front"
TICK_MS = 5
SECONDS = 8.0
PATIENCE_S = 120.0


def run() -> list[Row]:
    """Idle, with the run in a worker process (the default) and in a background thread; 99th percentile and worst."""
    application()
    theme.apply(_application(), "dark")
    with tempfile.TemporaryDirectory() as folder:
        recipe = with_settings(load_recipe("osteoporosis-mri"), ["training.epochs=2000", "training.device=cpu"])
        workspace = make_demo(recipe, Path(folder) / "demo")
        late: dict[str, dict[str, float]] = {"idle": _measured(workspace, recipe, None)}
        late["worker process"] = _measured(workspace, recipe, "process")
        late["background thread"] = _measured(workspace, recipe, "thread")
    return [
        Row(f"lateness, {name}", "worker process", peer, late["worker process"][name], late[peer][name], "ms")
        for name in ("99th percentile", "worst")
        for peer in ("idle", "background thread")
    ]


def _measured(workspace: Path, recipe: Recipe, where: Where | None) -> dict[str, float]:
    session = Session(Settings())
    window = Window(session)
    window.resize(1280, 800)
    window.show()
    session.open_workspace(workspace)
    _until(lambda: session.workspace is not None)
    window.show_page("train")
    if where is not None:
        session.runs.where = where
        session.runs.start(recipe)
        _until(lambda: session.runs.active is not None and session.runs.active.progress.epochs_done > 3)
    beats = _beats()
    if where is not None:
        session.runs.cancel()
        _until(lambda: session.runs.active is None)
    session.close()
    window.hide()
    window.deleteLater()
    return {"99th percentile": float(np.percentile(beats, 99)), "worst": float(beats.max())}


def _beats() -> np.ndarray:
    """By how many milliseconds each tick came later than it should."""
    moments: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(TICK_MS)
    timer.timeout.connect(lambda: moments.append(time.perf_counter()))
    timer.start()
    _spin(SECONDS)
    timer.stop()
    return np.maximum(np.diff(np.array(moments)) * 1000 - TICK_MS, 0.0)


def _spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _until(ready: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE_S
    while not ready():
        if time.monotonic() > limit:
            raise RuntimeError("the window did not get there in time")
        _spin(0.05)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
