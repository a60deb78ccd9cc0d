"""The run folder: everything about one run, and everything the window shows of it."""

import json
import shutil
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.errors import RunError
from engine.filelock import FileLock, is_locked
from engine.files import storage_errors, write_text
from engine.recipe import Recipe, parse_recipe
from engine.runs import events as ev
from engine.runs.event_log import read_events
from engine.runs.prediction import Prediction, read_predictions


class RunState(StrEnum):
    """Where a run stands."""

    CREATED = "created"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def resumable(self) -> bool:
        """Whether the run stopped before its end."""
        return self not in (RunState.FINISHED, RunState.RUNNING, RunState.PAUSED)


_AT_WORK = (RunState.RUNNING, RunState.PAUSED)
_AFTER: dict[type[ev.Event], RunState] = {
    ev.Prepared: RunState.RUNNING,
    ev.RunStarted: RunState.RUNNING,
    ev.RunResumed: RunState.RUNNING,
    ev.RunContinued: RunState.RUNNING,
    ev.RunPaused: RunState.PAUSED,
    ev.RunFinished: RunState.FINISHED,
    ev.RunFailed: RunState.FAILED,
    ev.RunCancelled: RunState.CANCELLED,
    ev.RunInterrupted: RunState.INTERRUPTED,
}


class RunFolder:
    """A run by its folder; reading never needs the run to be at rest."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, runs_dir: Path, recipe: Recipe) -> "RunFolder":
        """A new folder, named by the moment (UTC, so that names sort by age) and the recipe."""
        stem = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{recipe.name}"
        with storage_errors(runs_dir):
            runs_dir.mkdir(parents=True, exist_ok=True)
            path = _make_new(runs_dir, stem)
        write_text(path / "recipe.toml", recipe.to_toml())
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """An existing run; RunError where the folder is none."""
        if not (path / "recipe.toml").is_file():
            raise RunError("this folder is not a run", path=path, hint="'isocenter runs WORKSPACE' lists the runs.")
        return cls(path.resolve())

    @property
    def name(self) -> str:
        """The run's name, which is its folder's."""
        return self.path.name

    @property
    def workspace_path(self) -> Path:
        """The workspace the run lies in."""
        return self.path.parent.parent

    @property
    def events_path(self) -> Path:
        """The append-only events."""
        return self.path / "events.jsonl"

    @property
    def report_path(self) -> Path:
        """The HTML report."""
        return self.path / "report.html"

    @property
    def log_path(self) -> Path:
        """What happened, for people."""
        return self.path / "log.txt"

    @property
    def predictions_path(self) -> Path:
        """The pooled out-of-fold predictions."""
        return self.path / "predictions.csv"

    @property
    def metrics_path(self) -> Path:
        """The figures."""
        return self.path / "metrics.json"

    @property
    def environment_path(self) -> Path:
        """Versions, device, seeds, data hashes."""
        return self.path / "environment.json"

    def fold_path(self, number: int) -> Path:
        """The folder of one fold."""
        return self.path / "folds" / f"{number:03d}"

    def baseline_path(self, key: str) -> Path:
        """The predictions of one baseline."""
        return self.path / "baselines" / f"{key}.csv"

    def recipe(self) -> Recipe:
        """The recipe as it was run."""
        path = self.path / "recipe.toml"
        try:
            return parse_recipe(path.read_text(encoding="utf-8"), path)
        except (OSError, UnicodeDecodeError) as failure:
            hint = "The run folder is incomplete or damaged."
            raise RunError(f"the recipe cannot be read: {failure}", path=path, hint=hint) from failure

    def events(self) -> list[ev.Event]:
        """All events so far."""
        return read_events(self.events_path)[0]

    def predictions(self) -> list[Prediction]:
        """The pooled predictions; empty while the run is not finished."""
        return read_predictions(self.predictions_path) if self.predictions_path.exists() else []

    def baselines(self) -> dict[str, list[Prediction]]:
        """The predictions of each baseline, by its key."""
        return {path.stem: read_predictions(path) for path in sorted(self.baseline_path("x").parent.glob("*.csv"))}

    def metrics(self) -> dict[str, Any]:
        """`level`, `metrics`, `baselines`, `verdicts`; empty while the run is not finished."""
        return _json(self.metrics_path)

    def environment(self) -> dict[str, Any]:
        """Versions, device, seeds and data hashes."""
        return _json(self.environment_path)

    def state(self, events: list[ev.Event] | None = None) -> RunState:
        """Where the run stands; a run whose process died is interrupted."""
        state = _state_after(self.events() if events is None else events)
        if state in _AT_WORK and not is_locked(self.path / ".lock"):
            last = _state_after(self.events())  # it may have ended since the events were read
            return RunState.INTERRUPTED if last in _AT_WORK else last
        return state

    def lock(self) -> FileLock:
        """Hold the run while working on it; RunError where another process does."""
        lock = FileLock(self.path / ".lock")
        if not lock.acquire():
            hint = "Watch it there, or stop it first."
            raise RunError(f"the run is under way in process {lock.holder()}", path=self.path, hint=hint)
        return lock

    def delete(self) -> None:
        """Remove the folder and all in it."""
        self.lock().release()
        with storage_errors(self.path):
            shutil.rmtree(self.path)


def list_runs(workspace: Path) -> list[RunFolder]:
    """The runs of a workspace, newest first."""
    folders = (workspace / "runs").glob("*/recipe.toml")
    return [RunFolder(path.parent) for path in sorted(folders, reverse=True)]


def _state_after(events: list[ev.Event]) -> RunState:
    state = RunState.CREATED
    for event in events:
        state = _AFTER.get(type(event), state)
    return state


def _make_new(runs_dir: Path, stem: str) -> Path:
    for number in range(1, 1000):
        path = runs_dir / (stem if number == 1 else f"{stem}-{number}")
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise RunError("no free name for a run", path=runs_dir, hint="Remove old runs.")


def _json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as failure:
        hint = "'isocenter evaluate RUN' writes it anew."
        raise RunError(f"cannot be read: {failure}", path=path, hint=hint) from None
    return values if isinstance(values, dict) else {}
