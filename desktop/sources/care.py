"""Takes care of the sources of the open workspace: which there are, whether they are there, what is new in them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Report
from desktop.jobs import Job
from engine.control import Control

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.cohort import ImportReport, Workspace
    from engine.cohort.intake.relinking import Relinking
    from engine.cohort.intake.sources import Source
    from engine.errors import IsocenterError

Work = Callable[["Workspace", Report, Control], Any]


@dataclass(frozen=True, eq=False)
class Kept:
    """A source as it is kept in the workspace, and whether its folder is there now."""

    source: "Source"
    there: bool

    @property
    def name(self) -> str:
        return self.source.name


class SourcesCare(QObject):
    """`changed` as the sources, or what is known of them, are others; `lost` with those whose folder is not there.

    What reading a source again would bring is in `news`, by its name, until it is taken in or left.
    """

    changed = Signal()
    lost = Signal(object)

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._job: Job | None = None
        self.kept: tuple[Kept, ...] = ()
        self.news: dict[str, ImportReport] = {}
        session.workspace_changed.connect(self._begin)
        session.intake.added.connect(self.reload)

    @property
    def busy(self) -> bool:
        """Whether a source is being read at this moment."""
        return self._job is not None

    def reload(self) -> None:
        """Look at what is kept, off the GUI thread: a drive may answer late."""
        workspace = self._session.workspace
        if workspace is None:
            self._know(())
            return
        self._session.bridge.submit(
            partial(_kept, workspace), lambda kept: self._know(kept) if workspace is self._session.workspace else None,
            owner=self,
        )  # fmt: skip

    def look(self, kept: Kept) -> None:
        """Find out what reading a source again would bring; nothing is written."""
        self._do(f"Looking into {kept.name} again", partial(_refreshed, kept.source, True), partial(self._told, kept))

    def take(self, kept: Kept) -> None:
        """Read a source again, and take in what is new in it."""
        self._do(f"Reading {kept.name} again", partial(_refreshed, kept.source, False), self._taken)

    def leave(self, kept: Kept) -> None:
        """Forget what reading it again would bring."""
        self.news.pop(kept.name, None)
        self.changed.emit()

    def move(self, kept: Kept, root: Path) -> None:
        """Have the scans of a source lie in another folder, where they were moved to."""
        self._do(f"Finding {kept.name} again", partial(_relinked, kept.source, root), self._moved)

    def exclude_gone(self, kept: Kept) -> None:
        """Keep the scans whose files are gone out of every run; Ctrl+Z takes it back."""
        from engine.cohort.edits import ExcludeScans
        from engine.cohort.intake.merging import GONE_REASON

        cohort = self._session.cohort
        scans = () if cohort is None else cohort.scans
        gone = tuple(scan.id for scan in scans if scan.origin == kept.name and scan.gone and not scan.excluded)
        if gone:
            self._session.editing.make(ExcludeScans(gone, GONE_REASON), done=lambda _: self.reload())

    def _begin(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.news = {}
        self.kept = ()
        self.reload()

    def _know(self, kept: tuple[Kept, ...]) -> None:
        before = {one.name for one in self.kept if not one.there}
        self.kept = kept
        self.changed.emit()
        missing = [one for one in kept if not one.there]
        if {one.name for one in missing} != before:
            self.lost.emit(missing)

    def _do(self, title: str, work: Work, done: Callable[[Any], None]) -> None:
        workspace, bridge = self._session.workspace, self._session.bridge
        if workspace is None or self.busy or self._session.intake.adding:
            return
        job = bridge.submit_job(
            title, lambda report, control: work(workspace, report, control), done, self._failed, owner=self
        )
        self._job = job
        bridge.job_ended.connect(self._ended)
        self.changed.emit()

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._session.bridge.job_ended.disconnect(self._ended)
            self._job = None
            self.changed.emit()

    def _failed(self, error: "IsocenterError") -> None:
        self._session.failed.emit(error)
        self.reload()

    def _told(self, kept: Kept, report: "ImportReport") -> None:
        self.news[kept.name] = report
        self.changed.emit()

    def _taken(self, report: "ImportReport") -> None:
        self.news.pop(report.source, None)
        self._session.announced.emit(f"{report.source}: {news_text(report)}")
        self._session.refresh_cohort()
        self.reload()

    def _moved(self, told: "Relinking") -> None:
        missing = f", {len(told.missing)} are not there" if told.missing else ""
        self._session.announced.emit(f"{told.source}: {len(told.there)} scans found again{missing}.")
        self._session.refresh_cohort()
        self.reload()


def news_text(report: "ImportReport") -> str:
    """What reading a source again brings, in a line."""
    told = [
        (report.new, "new"),
        (len(report.changed), "changed"),
        (len(report.moved), "moved"),
        (len(report.vanished), "vanished"),
        (len(report.labels), "label said otherwise" if len(report.labels) == 1 else "labels said otherwise"),
    ]
    said = ", ".join(f"{count:,} {word}".replace(",", "\u2009") for count, word in told if count)
    same = f"{report.unchanged:,} as before".replace(",", "\u2009")
    if report.left_alone:
        same += f", {report.left_alone:,} left out as before".replace(",", "\u2009")
    return f"{said}, {same}." if said else f"nothing new, {same}."


def has_news(report: "ImportReport") -> bool:
    """Whether there is anything to take in."""
    return bool(report.new or report.changed or report.moved or report.vanished or report.labels)


def _kept(workspace: "Workspace") -> tuple[Kept, ...]:
    from engine.cohort.intake.sources import sources_of

    return tuple(Kept(source, source.root.exists()) for source in sources_of(workspace))


def _refreshed(source: "Source", only_look: bool, workspace: "Workspace", report: Report, control: Control) -> Any:
    from engine.cohort.intake.refreshing import refresh

    def phase(word: str) -> Callable[[int, int], None]:
        return lambda done, total: report(done, total, word.capitalize())

    report(0, 0, "Listing files")
    return refresh(workspace, source, dry_run=only_look, phase=phase, control=control)


def _relinked(source: "Source", root: Path, workspace: "Workspace", report: Report, control: Control) -> Any:
    from engine.cohort.intake.relinking import relink

    return relink(workspace, source, root, progress=lambda done, total: report(done, total, "Scans"), control=control)
