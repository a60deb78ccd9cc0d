"""The one object that pages receive: what is open, what is selected, and where work is done."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop import theme
from desktop.bridge import Bridge, Report
from desktop.exclusion import Exclusions
from desktop.jobs import Job
from desktop.selection import Selection
from desktop.settings import Recent, Settings
from engine.control import Control

if TYPE_CHECKING:
    from engine.cohort import Cohort, Workspace

WORKSPACE_FILE = "workspace.db"
DEMO_RECIPE = "knee-t1"


class Session(QObject):
    """Opens and closes workspaces and tells everyone. Nothing in here makes the window wait."""

    workspace_changed = Signal()
    cohort_changed = Signal()
    runs_changed = Signal()
    failed = Signal(object)
    announced = Signal(str)
    asked = Signal(str)
    import_offered = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.selection = Selection(self)
        self.bridge = Bridge(self)
        self.bridge.failed.connect(self.failed)
        self.workspace: Workspace | None = None
        self.cohort: Cohort | None = None
        self.edits = QUndoStack(self)
        self.exclusions = Exclusions(self)
        self._colors: dict[str, dict[str, str]] = {}

    @property
    def title(self) -> str:
        """The open workspace's name, or an empty text."""
        return "" if self.workspace is None else Path(self.workspace.path).name

    @property
    def image_level(self) -> bool:
        """Whether patients are unknown, so that every result must be labelled so."""
        return self.cohort is not None and self.cohort.level == "image"

    def class_color(self, target: str, name: str) -> str:
        """The colour of a class of this cohort, the same on every page; the theme's muted grey if unknown."""
        return self._colors.get(target, {}).get(name, theme.current().muted)

    def ask(self, command: str) -> None:
        """Ask the window for one of its commands by key, such as "workspace.open" or "go.view"."""
        self.asked.emit(command)

    def open_folder(self, folder: Path) -> None:
        """Open a workspace; a folder that is none is offered for import."""
        if is_workspace(folder):
            self.open_workspace(folder)
        else:
            self.import_offered.emit(folder)

    def open_workspace(self, path: Path | str) -> None:
        """Open a workspace in place of the present one, which stays open should this fail."""
        folder = Path(path)
        if self.workspace is not None and Path(self.workspace.path) == folder:
            return self.announced.emit(f"{folder.name} is open already.")
        self.announced.emit(f"Opening {folder.name}…")
        self.bridge.submit(lambda: _opened(folder), self._take_up, owner=self)

    def close_workspace(self) -> None:
        """Give the workspace back, so that another program may write to it."""
        if self.workspace is None:
            return
        self.workspace.close()
        self._become(None, None)

    def close(self) -> bool:
        """End all work, save the settings, give the workspace back; whether all work came to rest."""
        at_rest = self.bridge.shutdown()
        self.settings.save()
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None
        return at_rest

    def refresh_cohort(self) -> None:
        """Read the cohort anew, after something changed it."""
        workspace = self.workspace
        if workspace is not None:
            self.bridge.submit(workspace.cohort, self._show_cohort, owner=self)

    def open_demo(self, recipe: str = DEMO_RECIPE) -> Job | None:
        """Make the study of `recipe` from phantoms, unless it was made before, and open it."""
        folder = data_folder() / f"demo-{recipe}"
        if is_workspace(folder):
            self.open_workspace(folder)
            return None
        return self.bridge.submit_job(
            "Making the demo study",
            lambda report, control: _make_demo(recipe, folder, report, control),
            self.open_workspace,
            owner=self,
        )

    def import_folder(self, source: Path, workspace: Path, labels: Path | None = None) -> Job:
        """Make a workspace of a folder of scans and open it; the source is only read."""
        return self.bridge.submit_job(
            f"Importing {source.name}",
            lambda report, control: _import(source, workspace, labels, report, control),
            lambda summary: self._imported(workspace, summary),
            owner=self,
        )

    def _take_up(self, opened: "tuple[Workspace, Cohort]") -> None:
        workspace, cohort = opened
        if self.workspace is not None:
            self.workspace.close()
        self._become(workspace, cohort)
        scans = sum(len(patient.scans) for patient in cohort.patients)
        entry = Recent(str(workspace.path), self.title, _now(), len(cohort.patients), scans)
        self.settings.remember(entry)
        self.settings.save()
        self.announced.emit(f"{self.title}: {len(cohort.patients)} patients, {scans} scans")

    def _become(self, workspace: "Workspace | None", cohort: "Cohort | None") -> None:
        self.workspace = workspace
        self.edits.clear()
        self.exclusions.forget()
        self.selection.clear()
        self._show_cohort(cohort)
        self.workspace_changed.emit()
        self.runs_changed.emit()

    def _show_cohort(self, cohort: "Cohort | None") -> None:
        self.cohort = cohort
        counts = {} if cohort is None else cohort.counts()
        self._colors = {target: theme.class_colors(list(classes)) for target, classes in counts.items()}
        self.cohort_changed.emit()

    def _imported(self, workspace: Path, summary: str) -> None:
        self.announced.emit(summary)
        self.open_workspace(workspace)


def is_workspace(folder: Path) -> bool:
    return (folder / WORKSPACE_FILE).is_file()


def data_folder() -> Path:
    """ISOCENTER_DATA_DIR, or the platform's place for the user's data."""
    from platformdirs import user_data_path

    folder = os.environ.get("ISOCENTER_DATA_DIR")
    return Path(folder) if folder else user_data_path("isocenter", appauthor=False)


def _opened(folder: Path) -> "tuple[Workspace, Cohort]":
    from engine.cohort import Workspace

    workspace = Workspace.open(folder)
    try:
        return workspace, workspace.cohort()
    except BaseException:
        workspace.close()
        raise


def _make_demo(recipe: str, folder: Path, report: Report, control: Control) -> Path:
    from engine.demo import make_demo

    folder.parent.mkdir(parents=True, exist_ok=True)
    return Path(make_demo(recipe, folder, report, control))


def _import(source: Path, folder: Path, labels: Path | None, report: Report, control: Control) -> str:
    """Make the workspace and fill it; a failed or cancelled import leaves nothing behind."""
    from engine.cohort import Workspace, import_folder

    report(0, 0, "Looking for scans")
    was_there = folder.exists()
    with Workspace.create(folder) as workspace:
        try:
            made = import_folder(source, workspace, labels=labels, progress=report, control=control)
        except BaseException:
            workspace.close()
            _take_back(folder, was_there)
            raise
    skipped = f", {len(made.skipped)} files left out" if made.skipped else ""
    return f"Imported {len(made.cohort.patients)} patients with {len(made.cohort.scans)} scans{skipped}."


def _take_back(folder: Path, was_there: bool) -> None:
    for entry in folder.iterdir():
        if entry.is_file():
            entry.unlink()
    if not was_there:
        folder.rmdir()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
