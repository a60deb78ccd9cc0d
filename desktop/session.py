"""The one object that pages receive: what is open, what is selected, and where work is done."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop import theme
from desktop.bridge import Bridge
from desktop.cohort_rows import PatientRow, counted, patient_name
from desktop.demo import Demo, find_demo
from desktop.editing import Editing
from desktop.intake import Intake
from desktop.roster import Roster, Rosters
from desktop.runs import Runs
from desktop.selection import Selection
from desktop.settings import Drawer, PatientNames, Recent, Settings
from desktop.thumbnails import Thumbnails

if TYPE_CHECKING:
    from engine.cohort import Cohort, Workspace
    from engine.cohort.storage.journal import PastEdit
    from engine.errors import IsocenterError

WORKSPACE_FILE = "workspace.db"
AT_ONCE = 5000


class Session(QObject):
    """Opens and closes workspaces and tells everyone. Nothing in here makes the window wait.

    `leaving` tells that the workspace is about to be given back: what is not written by now is written at once.
    """

    workspace_changed = Signal()
    cohort_changed = Signal()
    runs_changed = Signal()
    failed = Signal(object)
    announced = Signal(str)
    asked = Signal(str)
    drawer_changed = Signal(str)
    leaving = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.selection = Selection(self)
        self.bridge = Bridge(self)
        self.bridge.failed.connect(self.failed)
        self.workspace: Workspace | None = None
        self.cohort: Cohort | None = None
        self.rosters = Rosters()
        self.roster = Roster()
        self.edits = QUndoStack(self)
        self.editing = Editing(self)
        self.runs = Runs(self)
        self.thumbnails = Thumbnails(self.bridge, self)
        self.intake = Intake(self)
        self.protocol_wanted: dict[str, str] | None = None
        self.workspace_changed.connect(self._forget_wish)
        self._colors: dict[str, dict[str, str]] = {}

    @property
    def title(self) -> str:
        """The open workspace's name, or an empty text."""
        return "" if self.workspace is None else title_of(self.workspace.path)

    @property
    def image_level(self) -> bool:
        """Whether patients are unknown, so that every result must be labelled so."""
        return self.cohort is not None and self.cohort.level == "image"

    def class_color(self, target: str, name: str) -> str:
        """The colour of a class of this cohort, the same on every page; the theme's muted grey if unknown."""
        return self._colors.get(target, {}).get(name, theme.current().muted)

    def _forget_wish(self) -> None:
        """A division that was wanted lies in the workspace that was open."""
        self.protocol_wanted = None

    def ask(self, command: str) -> None:
        """Ask the window for one of its commands by key, such as "workspace.open" or "go.view"."""
        self.asked.emit(command)

    def rows(self) -> tuple[PatientRow, ...]:
        """The cohort's patients as lists show them."""
        return self.roster.rows

    def prepared(self, cohort: "Cohort") -> "Cohort":
        """The cohort, once what lists show of it is ready; for whoever reads one off the GUI thread."""
        self.rosters.of(cohort, by_id=self.settings.patient_names == "id")
        return cohort

    def patient_name(self, key: str) -> str:
        """How the patient of a pseudonym is shown in the window."""
        patient = self.cohort.by_key.get(key) if self.cohort is not None else None
        return key if patient is None else patient_name(patient, by_id=self.settings.patient_names == "id")

    def show_patients_as(self, names: PatientNames) -> None:
        """Show patients by their pseudonyms, or by the ids that their files gave them."""
        self.settings.patient_names = names
        self.settings.save()
        cohort = self.cohort
        if cohort is None or len(cohort.patients) <= AT_ONCE:
            self.show_cohort(cohort)
        else:
            self.editing.show_again()

    def draw_volumes_by(self, drawer: Drawer) -> None:
        """Have volumes drawn by the graphics card or the processor, or by what is best here."""
        self.settings.volumes_by = drawer
        self.settings.save()
        self.drawer_changed.emit(drawer)

    def open_folder(self, folder: Path) -> None:
        """Open a workspace, or look into a folder or file that is none."""
        self.open_places((folder,))

    def open_places(self, places: Sequence[Path]) -> None:
        """Open a workspace, also by its database; anything else is looked into."""
        first = workspace_of(places[0])
        absent = next((place for place in places if not place.exists()), None)
        if absent is not None:
            self.failed.emit(_nothing_at(absent))
        elif len(places) == 1 and is_workspace(first):
            self.open_workspace(first)
        else:
            self.intake.look_into([place.absolute() for place in places])

    def open_workspace(self, path: Path | str) -> None:
        """Open a workspace in place of the present one, which stays open should this fail."""
        folder = Path(path)
        if self.workspace is not None and Path(self.workspace.path) == folder:
            self.announced.emit(f"{self.title} is open already.")
            return
        self.announced.emit(f"Opening {title_of(folder)}…")
        self.bridge.submit(lambda: self._ready(_opened(folder)), self._take_up, self._not_opened, owner=self)

    def close_workspace(self) -> None:
        """Give the workspace back, so that another program may write to it."""
        if self.workspace is None:
            return
        self.leaving.emit()
        self.workspace.close()
        self._become(None, None, [])

    def close(self) -> bool:
        """End all work, save the settings, give the workspace back; whether all work came to rest."""
        self.leaving.emit()
        at_rest = self.bridge.shutdown()
        self.intake.close()
        self.settings.save()
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None
        self.editing.remember([])
        return at_rest

    def refresh_cohort(self) -> None:
        """Read the cohort anew, after something changed it."""
        self.editing.read_again()

    def open_demo(self, recipe: str = "") -> None:
        """Make the study of a recipe (or of the first on the shelf) from phantoms, unless there is one; open it."""
        self.bridge.submit(lambda: find_demo(recipe), self._make_demo, owner=self)

    def _make_demo(self, demo: Demo) -> None:
        if is_workspace(demo.workspace):
            self.open_workspace(demo.workspace)
            return
        self.bridge.submit_job(f"Making the demo study: {demo.title}", demo.make, self.open_workspace, owner=self)

    def _ready(self, opened: "tuple[Workspace, Cohort, list[PastEdit]]") -> "tuple[Workspace, Cohort, list[PastEdit]]":
        self.prepared(opened[1])
        return opened

    def _take_up(self, opened: "tuple[Workspace, Cohort, list[PastEdit]]") -> None:
        workspace, cohort, history = opened
        if self.workspace is not None:
            self.leaving.emit()
            self.workspace.close()
        title = title_of(Path(workspace.path))
        entry = Recent(str(workspace.path), title, _now(), len(cohort.patients), len(cohort.scans))
        self.settings.remember(entry)
        self.settings.save()
        self._become(workspace, cohort, history)
        self.announced.emit(f"{self.title}: {counted(entry.patients, 'patient')}, {counted(entry.scans, 'scan')}")

    def _not_opened(self, error: "IsocenterError") -> None:
        self.announced.emit("")
        self.failed.emit(error)

    def _become(self, workspace: "Workspace | None", cohort: "Cohort | None", history: "list[PastEdit]") -> None:
        self.workspace = workspace
        self.editing.remember(history)
        self.selection.clear()
        self.thumbnails.drop_requests()
        self.show_cohort(cohort)
        self.workspace_changed.emit()
        self.runs_changed.emit()

    def show_cohort(self, cohort: "Cohort | None") -> None:
        """Have the window show the cohort as it is now; patients that did not change are the same objects."""
        self.cohort = cohort
        self.thumbnails.try_again()
        self.roster = self.rosters.of(cohort, by_id=self.settings.patient_names == "id")
        self._colors = {name: theme.class_colors(self.roster.offered("label", name)) for name in self.roster.targets}
        self.cohort_changed.emit()


def is_workspace(folder: Path) -> bool:
    """Whether a folder is a workspace, without importing the engine's store for the answer."""
    return (folder / WORKSPACE_FILE).is_file()


def title_of(workspace: Path) -> str:
    """What a workspace is called: by its folder, or the one around it where that is just "workspace"."""
    return workspace.parent.name if workspace.name == "workspace" else workspace.name


def workspace_of(place: Path) -> Path:
    """The folder of a workspace's database; another place is itself."""
    return place.parent if place.name == WORKSPACE_FILE and place.is_file() else place


def _nothing_at(path: Path) -> "IsocenterError":
    from engine.errors import CohortError

    return CohortError("there is no such file or folder", path=path, hint="Was it moved, or is a drive unplugged?")


def _opened(folder: Path) -> "tuple[Workspace, Cohort, list[PastEdit]]":
    from engine.cohort import Workspace
    from engine.errors import CohortError

    if not folder.exists():
        hint = "Was it moved, or is a drive unplugged? Its card on the start page can be told where it is now."
        raise CohortError("the workspace is not there any more", path=folder, hint=hint)
    workspace = Workspace.open(folder)
    try:
        _import_what_shows_it()
        return workspace, workspace.cohort(), workspace.store.history()
    except BaseException:
        workspace.close()
        raise


def _import_what_shows_it() -> None:
    """What the window needs as soon as the cohort is there, so that it does not wait for it then."""
    from desktop.formats import format_label

    for name in ("desktop.cohort_list", "desktop.pages.cohort"):
        import_module(name)
    format_label("")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
