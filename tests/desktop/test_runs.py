"""Runs in real worker processes, followed by the window's session."""

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.run_farewell import CANCEL, KEEP, STAY
from desktop.run_watch import REDRAW_MS, RunWatch
from desktop.runs import Runs
from desktop.session import Session
from desktop.window import Window
from engine.compute.worker import WorkerRun
from engine.runs import EventLog, RunFolder, RunState
from engine.runs import events as ev
from engine.runs.progress import RunProgress
from tests.desktop.run_folders import small_recipe, story, truths_of, write_run
from tests.helpers.cohorts import make_workspace, tiny_recipe, write_source

LONG = "training.epochs=5000"
WAIT = 60_000
TRUTHS = truths_of(5)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "tiny", write_source(tmp_path / "source"))


@pytest.fixture
def runs(opened: Session) -> Runs:
    return opened.runs


def begin(qtbot: QtBot, runs: Runs, *settings: str) -> RunWatch:
    """Start the tiny recipe and wait for its first epochs."""
    runs.start(tiny_recipe(*settings))
    qtbot.waitUntil(lambda: runs.active is not None and runs.active.progress.epochs_done > 1, timeout=WAIT)
    assert runs.active is not None
    return runs.active


def test_a_run_is_paused_let_go_on_and_cancelled(qtbot: QtBot, runs: Runs, opened: Session) -> None:
    watch = begin(qtbot, runs, LONG)
    (job,) = opened.bridge.jobs
    runs.toggle_pause()
    qtbot.waitUntil(lambda: watch.progress.state == RunState.PAUSED, timeout=WAIT)
    assert job.paused
    done = watch.progress.epochs_done
    job.toggle_pause()
    qtbot.waitUntil(lambda: watch.progress.epochs_done > done, timeout=WAIT)
    assert not runs.paused
    with qtbot.waitSignal(runs.ended, timeout=WAIT):
        job.cancel()
    assert watch.folder.state() == RunState.CANCELLED
    assert not opened.bridge.jobs
    assert not runs.busy


def test_what_was_followed_live_is_what_the_folder_holds(qtbot: QtBot, runs: Runs) -> None:
    with qtbot.waitSignal(runs.ended, timeout=WAIT) as told:
        runs.start(tiny_recipe())
    (watch,) = told.args
    assert watch.progress.state == RunState.FINISHED
    read = RunProgress.of(watch.folder.events())
    read.recipe = watch.progress.recipe
    assert watch.progress == read


def test_a_worker_that_is_killed_leaves_a_run_that_goes_on(qtbot: QtBot, runs: Runs) -> None:
    watch = begin(qtbot, runs, LONG)
    assert isinstance(runs._handle, WorkerRun)
    assert runs._handle.pid is not None
    with qtbot.waitSignal(runs.ended, timeout=WAIT):
        os.kill(runs._handle.pid, signal.SIGKILL)
    assert watch.progress.state == RunState.FAILED
    assert "killed" in watch.progress.error
    done = watch.progress.epochs_done
    runs.resume(watch.folder)
    qtbot.waitUntil(lambda: runs.active is not None and runs.active.progress.epochs_done > done, timeout=WAIT)
    with qtbot.waitSignal(runs.ended, timeout=WAIT):
        runs.interrupt()
    assert watch.folder.state() == RunState.INTERRUPTED


def test_only_one_run_is_worked_on_at_a_time(qtbot: QtBot, runs: Runs) -> None:
    watch = begin(qtbot, runs, LONG)
    runs.start(tiny_recipe())
    assert runs.active is watch
    with qtbot.waitSignal(runs.ended, timeout=WAIT):
        runs.cancel()
    qtbot.waitUntil(lambda: [entry.state for entry in runs.entries] == [RunState.CANCELLED])


def test_the_list_shows_every_run_newest_first(qtbot: QtBot, opened: Session, workspace: Path) -> None:
    write_run(workspace, small_recipe(), TRUTHS, folds_done=1, last=ev.RunFailed(error="no", hint=""))
    (workspace / "runs" / "20990101-000000-odd").mkdir()
    (workspace / "runs" / "20990101-000000-odd" / "recipe.toml").write_text("nonsense", encoding="utf-8")
    opened.runs_changed.emit()
    qtbot.waitUntil(lambda: len(opened.runs.entries) == 2)
    assert [(entry.title, entry.state) for entry in opened.runs.entries] == [
        ("damaged run", RunState.FAILED),
        ("Osteoporosis from multi-echo MRI", RunState.FAILED),
    ]


def test_a_run_another_process_works_on_is_followed_by_its_folder(
    qtbot: QtBot, opened: Session, workspace: Path
) -> None:
    recipe = small_recipe()
    run = RunFolder.create(workspace / "runs", recipe)
    lock, log = run.lock(), EventLog(run.events_path)
    events = list(story(recipe, TRUTHS, folds_done=1))
    for event in events[:8]:
        log.append(event)
    watch = opened.runs.watch(run)
    qtbot.waitUntil(lambda: watch.progress.at_work)
    for event in [*events[8:], ev.RunInterrupted()]:
        log.append(event)
    log.close()
    lock.release()
    with qtbot.waitSignal(watch.ended):
        watch.look()
    assert watch.progress == RunProgress.of(run.events())


def test_a_flood_of_events_is_drawn_a_few_times_a_second(qtbot: QtBot, opened: Session, workspace: Path) -> None:
    recipe = small_recipe(epochs=2000)
    run = RunFolder.create(workspace / "runs", recipe)
    watch = RunWatch(run, opened.bridge)
    drawn: list[int] = []
    watch.changed.connect(lambda: drawn.append(watch.progress.epochs_done))
    watch.begin(RunProgress())
    for event in story(recipe, TRUTHS):
        watch.take(event)
    qtbot.waitUntil(lambda: watch.progress.state == RunState.FINISHED)
    assert drawn == [10_000]
    assert REDRAW_MS >= 40
    watch.stop()


def answer(words: str) -> bool:
    box = QApplication.activeModalWidget()
    if not isinstance(box, QMessageBox):
        return False
    next(button for button in box.buttons() if button.text() == words).click()
    return True


@pytest.mark.parametrize(("words", "state"), [(KEEP, RunState.INTERRUPTED), (CANCEL, RunState.CANCELLED)])
def test_closing_the_window_ends_the_run_as_the_user_wishes_then_closes(
    qtbot: QtBot, window: Window, workspace: Path, words: str, state: RunState
) -> None:
    window.session.open_workspace(workspace)
    qtbot.waitUntil(lambda: window.session.workspace is not None)
    watch = begin(qtbot, window.session.runs, LONG)
    answer_soon(window, words)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    assert watch.folder.state() == state


def test_the_window_stays_where_the_user_goes_on_training(qtbot: QtBot, window: Window, workspace: Path) -> None:
    window.session.open_workspace(workspace)
    qtbot.waitUntil(lambda: window.session.workspace is not None)
    begin(qtbot, window.session.runs, LONG)
    answer_soon(window, STAY)
    window.close()
    assert window.isVisible()
    assert window.session.runs.active is not None
    with qtbot.waitSignal(window.session.runs.ended, timeout=WAIT):
        window.session.runs.cancel()


def answer_soon(window: Window, words: str) -> None:
    """Press a button of the question as soon as it is asked."""
    from PySide6.QtCore import QTimer

    asked = QTimer(window, interval=20)
    asked.timeout.connect(lambda: asked.stop() if answer(words) else None)
    asked.start()
