"""The runs of the open workspace: which there are, the one under way, and the commands over it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.jobs import Clock, Job
from desktop.run_watch import RunWatch

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.compute import RunHandle
    from engine.errors import IsocenterError
    from engine.recipe import Recipe
    from engine.runs import RunFolder, RunState
    from engine.runs.progress import RunProgress

Where = Literal["process", "thread"]
END_MS = 50


@dataclass(frozen=True)
class RunEntry:
    """A run in one line of a list."""

    folder: "RunFolder"
    title: str
    state: "RunState"

    @property
    def name(self) -> str:
        """The run's name."""
        return self.folder.name


class RunJob(Job):
    """The run as the tray shows it; the forecast is the run's own, since a resumed run starts half-way."""

    def __init__(self, watch: RunWatch, title: str, handle: "RunHandle", clock: Clock | None = None) -> None:
        super().__init__(title, handle) if clock is None else super().__init__(title, handle, clock=clock)
        self._watch = watch

    def seconds_left(self) -> float | None:
        return self._watch.progress.seconds_left


class Runs(QObject):
    """At most one run is worked on at a time. `changed` tells that it came, went, was held or let go on."""

    changed = Signal()
    list_changed = Signal()
    ended = Signal(object)

    def __init__(self, session: "Session", where: Where = "process") -> None:
        super().__init__(session)
        self.where: Where = where
        self.entries: tuple[RunEntry, ...] = ()
        self.active: RunWatch | None = None
        self.starting = False
        self._asked = 0
        self._told: RunState | None = None
        self._session = session
        self._handle: RunHandle | None = None
        self._job: RunJob | None = None
        self._watches: dict[Path, RunWatch] = {}
        self._alive = QTimer(self, interval=END_MS)
        self._alive.timeout.connect(self._notice_end)
        session.workspace_changed.connect(self._forget_watches)
        session.runs_changed.connect(self.refresh)

    @property
    def busy(self) -> bool:
        """Whether a run is worked on here, or about to be."""
        return self.starting or self.active is not None

    @property
    def paused(self) -> bool:
        """Whether the active run was asked to wait."""
        return self._job is not None and self._job.paused

    @property
    def stopping(self) -> bool:
        """Whether the active run was asked to end."""
        return self._job is not None and self._job.cancelling

    def start(self, recipe: "Recipe") -> None:
        """Make a run folder of the recipe and work on it; IsocenterErrors arrive at the session."""
        workspace = self._session.workspace
        if workspace is not None and not self.busy:
            runs_dir = workspace.runs_dir
            self._prepare(lambda: _create(runs_dir, recipe))

    def resume(self, folder: "RunFolder") -> None:
        """Go on with a run that stopped before its end."""
        if not self.busy:
            self._prepare(lambda: _reopen(folder))

    def toggle_pause(self) -> None:
        """Hold the active run at its next safe point, or let it go on."""
        if self._job is not None and not self._job.cancelling:
            self._job.toggle_pause()
            self.changed.emit()

    def cancel(self) -> None:
        """End the active run; what was finished stays."""
        if self._job is not None:
            self._job.cancel()
            self.changed.emit()

    def interrupt(self) -> None:
        """End the active run at its next safe point, to be resumed another time."""
        if self._handle is not None and self._job is not None:
            self._job.cancelling = True
            self._handle.interrupt()
            self.changed.emit()

    def watch(self, folder: "RunFolder") -> RunWatch:
        """The watch of a run: the active one, or one that reads its folder."""
        if self.active is not None and self.active.folder.path == folder.path:
            return self.active
        if folder.path not in self._watches:
            self._watches[folder.path] = watch = RunWatch(folder, self._session.bridge, self)
            watch.ended.connect(self._session.runs_changed)
        self._watches[folder.path].follow()
        return self._watches[folder.path]

    def entry(self, name: str | None) -> RunEntry | None:
        """The run of that name in the list."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def refresh(self) -> None:
        """Read the list of runs anew."""
        workspace = self._session.workspace
        self._asked += 1
        if workspace is None:
            self._list(self._asked, ())
            return
        path, asked = workspace.path, self._asked
        self._session.bridge.submit(lambda: _entries(path), lambda found: self._list(asked, found), owner=self)

    def _list(self, asked: int, entries: tuple[RunEntry, ...]) -> None:
        """Only the newest question counts: its answer may come before that of an older one."""
        if asked == self._asked:
            self.entries = entries
            self.list_changed.emit()

    def _prepare(self, work: "Callable[[], tuple[RunFolder, RunProgress]]") -> None:
        self.starting = True
        self.changed.emit()
        self._session.bridge.submit(work, self._begin, self._not_begun, owner=self)

    def _begin(self, ready: "tuple[RunFolder, RunProgress]") -> None:
        folder, progress = ready
        watch = self._watches.pop(folder.path, None) or RunWatch(folder, self._session.bridge, self)
        watch.begin(progress)
        where, path = self.where, folder.workspace_path

        def work() -> "RunHandle":
            from engine.compute import start_run

            return start_run(path, folder, where=where, on_event=watch.take)

        def begun(handle: "RunHandle") -> None:
            self._begun(watch, handle)

        self._session.bridge.submit(work, begun, self._not_begun, owner=self)

    def _begun(self, watch: RunWatch, handle: "RunHandle") -> None:
        self.starting = False
        self.active, self._handle = watch, handle
        self._job = RunJob(watch, watch.folder.name, handle)
        watch.changed.connect(self._report)
        self._session.bridge.add_job(self._job)
        self._session.selection.set(run=watch.name)
        self._alive.start()
        self._report()
        self.changed.emit()
        self._session.runs_changed.emit()

    def _not_begun(self, error: "IsocenterError") -> None:
        self.starting = False
        self._session.failed.emit(error)
        self.changed.emit()
        self._session.runs_changed.emit()

    def _report(self) -> None:
        watch, job = self.active, self._job
        if watch is None or job is None:
            return
        progress = watch.progress
        if progress.state != self._told:
            self._told = progress.state
            self.refresh()
        job.title = job_title(progress, watch.name)
        done = progress.fraction
        job.report(round((done or 0) * 1000), 1000 if done is not None else 0, "")

    def _notice_end(self) -> None:
        if self._handle is None or self._handle.alive:
            return
        self._alive.stop()
        watch, job = self.active, self._job
        self.active = self._handle = self._job = None
        if watch is not None and job is not None:
            watch.finish()
            watch.changed.disconnect(self._report)
            self._watches[watch.folder.path] = watch
            self._session.bridge.end_job(job)
            self._session.announced.emit(farewell(watch.progress))
        self.changed.emit()
        self._session.runs_changed.emit()
        self.ended.emit(watch)

    def _forget_watches(self) -> None:
        for path in tuple(self._watches):
            self._drop_watch(path)

    def _drop_watch(self, path: Path) -> None:
        watch = self._watches.pop(path, None)
        if watch is not None:
            watch.stop()
            watch.deleteLater()


def job_title(progress: "RunProgress", name: str) -> str:
    """What the tray calls the run just now."""
    what = progress.recipe or name
    if progress.fold and progress.phase == "Training":
        return f"{what}, fold {progress.fold} of {progress.folds}"
    return f"{what}: {progress.phase.lower()}" if progress.phase else f"{what}: starting"


def farewell(progress: "RunProgress") -> str:
    """One sentence about how a run ended."""
    return progress.log[-1].text if progress.log else "The run has ended."


def _create(runs_dir: Path, recipe: "Recipe") -> "tuple[RunFolder, RunProgress]":
    from engine.runs import RunFolder
    from engine.runs.progress import RunProgress

    return RunFolder.create(runs_dir, recipe), RunProgress(recipe=recipe.name)


def _reopen(folder: "RunFolder") -> "tuple[RunFolder, RunProgress]":
    from engine.runs.progress import RunProgress

    return folder, RunProgress.read(folder)


def _entries(workspace: Path) -> tuple[RunEntry, ...]:
    from engine.runs import list_runs

    return tuple(_entry(folder) for folder in list_runs(workspace))


def _entry(folder: "RunFolder") -> RunEntry:
    from engine.errors import IsocenterError
    from engine.runs import RunState

    try:
        recipe: Any = folder.recipe()
        return RunEntry(folder, recipe.title or recipe.name, folder.state())
    except IsocenterError:
        return RunEntry(folder, "damaged run", RunState.FAILED)
