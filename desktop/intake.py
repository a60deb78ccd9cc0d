"""What was dropped on the window and is in no cohort yet: looked into, held, added or let go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Report
from desktop.jobs import Job
from engine.control import Control

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.cohort import ImportReport, Workspace
    from engine.cohort.intake.plan import ImportPlan
    from engine.errors import IsocenterError
    from engine.imaging import Discovery

MEDIUM = "DICOMDIR"


@dataclass(frozen=True, eq=False)
class Found:
    """What some places hold, and what people call them; `source` is the place, of several the folder around them.

    `number` tells it from whatever else was looked into, the same place at another time included.
    """

    name: str
    places: tuple[Path, ...]
    source: Path
    discovery: "Discovery"
    number: int = field(default_factory=count().__next__)


@dataclass(frozen=True, eq=False)
class Held:
    """Places that hold workspaces already: somebody may want those, before any scan is looked for."""

    places: tuple[Path, ...]
    workspaces: tuple[Path, ...]

    @property
    def name(self) -> str:
        """What people call the places."""
        return name_of(self.places)


@dataclass(frozen=True, eq=False)
class Order:
    """What to add, and how; to the workspace that is open where `folder` is None, else to a new one.

    `choose` gives the scans, on any thread.
    """

    choose: "Callable[[], Discovery]"
    folder: Path | None
    plan: "ImportPlan"


class Intake(QObject):
    """Holds one thing that was found at a time. `added` once its scans are in a cohort."""

    changed = Signal()
    added = Signal()

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._looking: Job | None = None
        self._adding: Job | None = None
        self._guest = False
        self.found: Found | None = None
        self.held: Held | None = None
        session.workspace_changed.connect(self._host_left)

    @property
    def there(self) -> bool:
        """Whether there is anything to show."""
        return self.found is not None or self.held is not None

    @property
    def adding(self) -> bool:
        """Whether scans are being added at this moment."""
        return self._adding is not None

    def look_into(self, places: Sequence[Path], *, for_scans: bool = False) -> None:
        """Look into folders, files and archives in place of what was found before; nothing is written.

        Workspaces that lie there are offered first, unless it is `for_scans`.
        """
        if self.adding:
            self._session.announced.emit("Scans are being added: wait until they are, or cancel that first.")
            return
        if self._looking is not None:
            self._looking.cancel()
        job = self._session.bridge.submit_job(
            f"Looking into {name_of(places)}",
            lambda report, control: _held(places, for_scans) or _looked_into(places, report, control),
            lambda found: self._take(job, found),
            self._not_looked,
            owner=self,
        )
        self._looking = job

    def discard(self) -> None:
        """Let go of what was found; nothing on the disk changes."""
        if not self.adding:
            self._let_go()

    def add(self, order: Order) -> None:
        """Add scans of what was found; a second wish while one is under way is none."""
        found, workspace = self.found, self._session.workspace
        if found is None or self.adding or (order.folder is None and workspace is None):
            return
        self._guest = order.folder is None
        self._adding = self._session.bridge.submit_job(
            f"Adding the scans of {found.name}",
            lambda report, control: _added(found, order, workspace, report, control),
            lambda summary: self._settle(order, summary),
            self._not_added,
            owner=self,
        )
        self._session.bridge.job_ended.connect(self._ended)
        self.changed.emit()

    def close(self) -> None:
        """The window closes: what was unpacked goes."""
        if self.found is not None:
            self.found.discovery.close()
            self.found = None

    def _take(self, job: Job, found: "Found | Held") -> None:
        if job.cancelling:  # it was cancelled when all but its answer had come
            if isinstance(found, Found):
                found.discovery.close()
            return
        self._let_go()
        if isinstance(found, Held):
            self.held = found
        else:
            self.found = found
        self._session.announced.emit("")
        self.changed.emit()
        self._session.ask("go.found")

    def _not_looked(self, error: "IsocenterError") -> None:
        self._session.failed.emit(error)

    def _settle(self, order: Order, summary: str) -> None:
        self._adding = None
        self._let_go()
        self._session.announced.emit(summary)
        if order.folder is None:
            self._session.refresh_cohort()
        else:
            self._session.open_workspace(order.folder)
        self.added.emit()

    def _not_added(self, error: "IsocenterError") -> None:
        self._session.failed.emit(error)

    def _ended(self, job: Job) -> None:
        """However it ended, cancelled too, the table can be used again."""
        if job is self._adding:
            self._session.bridge.job_ended.disconnect(self._ended)
            self._adding = None
            self.changed.emit()

    def _host_left(self) -> None:
        if self.held is not None:
            self._let_go()
        if self._adding is not None and self._guest:
            self._adding.cancel()

    def _let_go(self) -> None:
        if self.found is not None:
            self.found.discovery.close()
        if self.there:
            self.found = self.held = None
            self.changed.emit()


def name_of(places: Sequence[Path]) -> str:
    """What people call what they dropped; a DICOMDIR is called by its folder."""
    place = places[0].parent if places[0].name.upper() == MEDIUM else places[0]
    first = place.name or str(place)
    return first if len(places) == 1 else f"{first} and {len(places) - 1} more"


def around(places: Sequence[Path]) -> Path:
    """The place itself; of several, the folder that holds them all. CohortError where no folder does."""
    import os

    from engine.errors import CohortError

    if len(places) == 1:
        return places[0]
    try:
        return Path(os.path.commonpath([place.parent for place in places]))
    except ValueError:
        hint = "Open the folders of one drive at a time."
        raise CohortError("these places lie on several drives", path=places[0], hint=hint) from None


def _held(places: Sequence[Path], for_scans: bool) -> Held | None:
    from desktop.workspaces_inside import workspaces_in

    inside = () if for_scans else workspaces_in(places)
    return Held(tuple(places), inside) if inside else None


def _looked_into(places: Sequence[Path], report: Report, control: Control) -> Found:
    from engine.cohort import look_into
    from engine.errors import Cancelled

    def progress(done: int, total: int) -> None:
        report(done, total, "Files")

    report(0, 0, "Listing files")
    source = around(places)
    discovery = look_into(*places, progress=progress, control=control)
    try:
        control.check()
    except Cancelled:
        discovery.close()
        raise
    return Found(name_of(places), tuple(places), source, discovery)


def _added(found: Found, order: Order, workspace: "Workspace | None", report: Report, control: Control) -> str:
    from engine.cohort import import_as_workspace, import_found
    from engine.cohort.intake.left_alone import left_alone

    def progress(done: int, total: int) -> None:
        report(done, total, "Scans")

    report(0, 0, "Reading the label table")
    chosen, source = order.choose(), found.source
    plan = replace(order.plan, left_out=left_alone(found.discovery, chosen, source))
    told: dict[str, Any] = {"places": found.places, "progress": progress, "control": control}
    if order.folder is None:
        made = import_found(chosen, source, workspace, plan, **told)
    else:
        made = import_as_workspace(source, order.folder, plan, found=chosen, **told)
    return _summary(made)


def _summary(made: "ImportReport") -> str:
    from desktop.cohort_rows import counted

    remarks = made.remarks
    left_out = f", {counted(len(remarks), 'remark')}: {remarks[0].reason}" if remarks else ""
    there = [(made.unchanged, "as before"), (len(made.changed), "changed"), (len(made.moved), "moved")]
    known = "".join(f", {counted(number, word, word)}" for number, word in there if number)
    new = f"{counted(made.new, 'scan')} added{known}"
    return f"{new}; the cohort has {counted(len(made.cohort.patients), 'patient')}{left_out}."
