"""A run in a thread and in a worker process: commanded alike, equal in result, and mourned when it dies."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.compute import RunHandle, execute, start_run
from engine.compute.worker import WorkerRun
from engine.control import Control
from engine.runs import RunFolder, RunState
from engine.runs import events as ev
from tests.engine.compute.compared import same_result
from tests.helpers.cohorts import make_run, make_workspace, write_source

JACKKNIFE = ("protocol={key = 'jackknife'}", "training.epochs=12")
REPOSITORY = Path(__file__).resolve().parents[3]
ENDLESS = ("training.epochs=10000", "training.batch_size=1")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and locks")


class Heard:
    """Collects events, and lets a test wait for one of a kind."""

    def __init__(self, react: Callable[[ev.Event], None] = lambda event: None) -> None:
        self.events: list[ev.Event] = []
        self._react, self._news = react, threading.Condition()

    def __call__(self, event: ev.Event) -> None:
        self._react(event)
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def wait_for(self, kind: type[ev.Event]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: any(isinstance(event, kind) for event in self.events), timeout=60)


def executed(workspace: Path, run: RunFolder) -> RunFolder:
    execute(workspace, run, Control(), lambda event: None)
    return run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace of four patients."""
    return make_workspace(tmp_path / "study", write_source(tmp_path / "scans", 4))


@pytest.mark.parametrize("where", ["thread", "process"])
def test_a_run_can_be_paused_resumed_and_cancelled(small: Path, where: str) -> None:
    run, heard = make_run(small, *ENDLESS), Heard()
    handle: RunHandle = start_run(small, run, where="thread" if where == "thread" else "process", on_event=heard)
    heard.wait_for(ev.EpochEnded)
    handle.pause()
    heard.wait_for(ev.RunPaused)
    assert (handle.alive, run.state()) == (True, RunState.PAUSED)
    held = len(run.events())
    handle.resume()
    heard.wait_for(ev.RunContinued)
    assert isinstance(run.events()[held], ev.RunContinued)
    handle.cancel()
    assert handle.wait(60)
    assert isinstance(heard.events[-1], ev.RunCancelled)
    assert (handle.alive, run.state()) == (False, RunState.CANCELLED)


def test_a_thread_and_a_worker_process_give_the_same_result(small: Path) -> None:
    runs = [make_run(small), make_run(small), executed(small, make_run(small))]
    heard = [Heard(), Heard()]
    assert start_run(small, runs[0], where="thread", on_event=heard[0]).wait(60)
    assert start_run(small, runs[1], where="process", on_event=heard[1]).wait(60)
    assert same_result(runs[0], runs[2])
    assert same_result(runs[1], runs[2])
    assert [told.events for told in heard] == [run.events() for run in runs[:2]]


@posix
def test_a_run_whose_worker_was_killed_goes_on_to_the_same_result(small: Path) -> None:
    run = make_run(small, *JACKKNIFE)

    def kill(event: ev.Event) -> None:
        if isinstance(event, ev.EpochEnded) and (event.fold, event.epoch) == (2, 3):
            assert handle.pid is not None
            os.kill(handle.pid, signal.SIGKILL)

    heard = Heard(kill)
    handle = WorkerRun(small, run, heard)
    assert handle.wait(60)
    assert heard.events[-1] == run.events()[-1]
    assert isinstance(heard.events[-1], ev.RunFailed)
    assert heard.events[-1].error == "the worker process was killed by signal 9"
    assert run.state().resumable
    assert same_result(executed(small, run), executed(small, make_run(small, *JACKKNIFE)))


ORPHAN = """
import os, signal, sys
from pathlib import Path
from engine.compute.worker import WorkerRun
from engine.runs import RunFolder
from engine.runs import events as ev

def die(event):
    if isinstance(event, ev.EpochEnded):
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    WorkerRun(Path(sys.argv[1]), RunFolder(Path(sys.argv[2])), die).wait()
"""


@posix
def test_a_worker_whose_window_was_killed_stops_in_a_state_to_resume_from(small: Path, tmp_path: Path) -> None:
    import fcntl

    run = make_run(small, *ENDLESS)
    (tmp_path / "window.py").write_text(ORPHAN)
    told = [sys.executable, str(tmp_path / "window.py"), str(small), str(run.path)]
    done = subprocess.run(told, check=False, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    assert done.returncode == -signal.SIGKILL
    with (run.path / ".lock").open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_SH)  # waits until the worker has let go
    assert isinstance(run.events()[-1], ev.RunInterrupted)
    assert run.state() == RunState.INTERRUPTED


def test_a_run_that_cannot_begin_says_why(small: Path) -> None:
    run, heard = make_run(small), Heard()
    lock = run.lock()
    assert start_run(small, run, where="thread", on_event=heard).wait(60)
    lock.release()
    assert [type(event) for event in heard.events] == [ev.RunFailed]
    assert run.events() == []
