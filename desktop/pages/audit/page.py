"""The audit page: findings at the left, the selected one with its scans and remedies beside them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.bridge import Task
from desktop.jobs import Job
from desktop.pages.audit.auditing import audited
from desktop.pages.audit.detail import Detail
from desktop.pages.audit.division_choice import DivisionChoice
from desktop.pages.audit.listing import FindingList
from desktop.pages.audit.nothing import Nothing
from desktop.pages.audit.progress import AuditProgress
from desktop.pages.audit.standing import Standing, standing_of
from desktop.pages.audit.wording import when
from desktop.pages.page import Page
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import text
from engine.control import Control

if TYPE_CHECKING:
    from desktop.bridge import Report
    from engine.audit import AuditReport, Finding, Remedy
    from engine.cohort import Workspace
    from engine.cohort.edits import Edit

LIST_WIDTH, DETAIL_WIDTH = 340, 560
AUDIT = ActionInfo(
    "audit.run",
    "Audit the cohort",
    "Ctrl+Return",
    "search",
    "Look for copies, leaks, clashes, broken files and confounders; nothing is changed",
    "run",
)
STALE = "The cohort has changed since this audit."


class AuditPage(Page):
    """What the audit found, and what can be done about it."""

    title = "Audit"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.standing = Standing()
        self._report: AuditReport | None = None
        self._looking: Task | None = None
        self._job: Job | None = None
        self._under_way: set[Remedy] = set()
        self._audit = make_action(AUDIT, self, self.run)
        self.division = DivisionChoice(session)
        self.progress = AuditProgress()
        self.stale = text(STALE, "caption", "warn")
        self.stale.hide()
        self.findings = FindingList(session)
        self.detail = Detail(session)
        self.nothing = Nothing(session)
        self._right, self._whole = QStackedWidget(), QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return [self._audit]

    def primary(self) -> QAction | None:
        return self._audit

    def caption(self) -> str:
        report = self.standing.report
        if report is None:
            return ""
        return f"{report.scans:,} scans, audited {when(report.made)}"

    def badge(self) -> str:
        cohort = self.session.cohort
        likely = ", likely patients" if cohort is not None and cohort.likely_patients else ""
        level = [f"Image level{likely}"] if self.session.image_level else []
        counts = (("error", self.standing.count("error")), ("warning", self.standing.count("warn")))
        return " · ".join(
            [*level, *(f"{count:,} {word}{'' if count == 1 else 's'}" for word, count in counts if count)]
        )

    def gestures(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Compare a scan with the first of its finding", "Click it"),
            ("Exclude some scans of a finding", "Select them (Ctrl, Shift), then the button"),
            ("Tick or untick a proposed patient", "Space, or click beside its pictures"),
        )

    def shown(self) -> None:
        """Arrow keys go through the findings; the divisions to choose from are those there are now."""
        self.division.fill()
        self.findings.setFocus()

    def run(self) -> None:
        """Audit the cohort, unless that is under way."""
        workspace, cohort = self.session.workspace, self.session.cohort
        if workspace is None or self._job is not None or cohort is None or not cohort.patients:
            return
        work = partial(audited, workspace, self.division.chosen)
        done = partial(self._know, workspace)
        self.follow(self.session.bridge.submit_job("Auditing the cohort", work, done, owner=self))

    def follow(self, job: Job) -> None:
        """Show how far an audit is, until it ends."""
        self._job = job
        self._show()

    def reload(self) -> None:
        """Hold the last audit against the cohort as it is now."""
        workspace, cohort = self.session.workspace, self.session.cohort
        if self._looking is not None:
            self._looking.cancel()
        if workspace is None or cohort is None:
            self._stand(Standing())
            return
        look = partial(standing_of, workspace.path, cohort, self._report)
        self._looking = self.session.bridge.submit(look, self._stand, owner=self)

    def remedy(self, remedies: "list[Remedy]") -> None:
        """Do what remedies say, as one edit; repaired copies are made first, with a row in the tray.

        What is under way already is not begun again: people click twice.
        """
        from engine.audit.remedy import RepairPictures

        workspace = self.session.workspace
        wanted = [remedy for remedy in remedies if remedy not in self._under_way]
        if workspace is None or not wanted:
            return
        self._under_way.update(wanted)
        done = partial(self._edit, workspace)
        if any(isinstance(remedy, RepairPictures) for remedy in wanted):
            work = partial(_edits, wanted, workspace)
            self.session.bridge.submit_job("Repairing pictures", work, done, owner=self)
        else:
            self.session.bridge.submit(lambda: _edits(wanted, workspace), done, owner=self)

    def dismiss(self, key: str, reason: str) -> None:
        """Keep that a finding is no problem; without a reason, that it is one after all."""
        workspace = self.session.workspace
        self.findings.setFocus()
        if workspace is not None:
            work = partial(_dismissed, workspace, key, reason)
            self.session.bridge.submit(work, lambda _: self.reload(), owner=self)

    def _edit(self, workspace: "Workspace", wanted: "tuple[Edit, ...]") -> None:
        from engine.audit.applying import words_of

        if workspace is self.session.workspace:
            self.session.editing.make(*wanted, words=words_of(wanted))

    def _know(self, workspace: "Workspace", report: "AuditReport") -> None:
        if workspace is self.session.workspace:
            self._report = report
            self.session.announced.emit(f"Audited {report.scans:,} scans: {len(report.findings)} findings.")
            self.reload()

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        self._under_way.clear()
        self.findings.show_standing(standing)
        self._show()

    def _choose(self, finding: "Finding | None") -> None:
        if finding is not None:
            self.detail.show_finding(finding, self.standing)
        self._right.setCurrentIndex(0 if finding is not None else 1)

    def _show(self) -> None:
        """Findings, or what there is instead of them."""
        standing, cohort = self.standing, self.session.cohort
        self.progress.follow(self._job)
        self._whole.setCurrentIndex(0 if standing.findings else 1)
        self.nothing.show_standing(standing, busy=self._job is not None)
        self.division.setVisible(cohort is not None and bool(cohort.patients))
        self.stale.setVisible(standing.stale)
        self._audit.setEnabled(self._job is None and cohort is not None and bool(cohort.patients))
        self._audit.setText("Audit again" if standing.report is not None else "Audit the cohort")
        self.heading_changed.emit()

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._show()
        self._under_way.clear()

    def _forget(self, _: object) -> None:
        """What went wrong may be asked for again."""
        self._under_way.clear()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _opened(self) -> None:
        self._report = None
        self.division.fill()
        self.reload()

    def _connect(self) -> None:
        self.session.cohort_changed.connect(self.reload)
        self.session.workspace_changed.connect(self._opened)
        self.session.leaving.connect(self._leave)
        self.session.bridge.job_ended.connect(self._ended)
        for fell in (self.session.failed, self.session.bridge.failed):
            fell.connect(self._forget)
        self.findings.chosen.connect(self._choose)
        self.detail.wanted.connect(self.remedy)
        self.detail.dismissed.connect(self.dismiss)
        self.nothing.wanted.connect(self.run)

    def _build(self) -> None:
        self._right.addWidget(self.detail)
        self._right.addWidget(text("Nothing is left to do. What was done or dismissed is folded away.", tone="muted"))
        beside = QSplitter(Qt.Orientation.Horizontal)
        beside.addWidget(self.findings)
        beside.addWidget(self._right)
        beside.setSizes([LIST_WIDTH, DETAIL_WIDTH])
        beside.setStretchFactor(1, 1)
        beside.setChildrenCollapsible(False)
        self.findings.setMinimumWidth(220)
        self._whole.addWidget(beside)
        self._whole.addWidget(self.nothing)
        tools = row_box(gap=SIZES.m)
        tools.addWidget(self.division)
        tools.addWidget(self.stale)
        tools.addStretch()
        column = column_box(self, gap=SIZES.m, margins=(SIZES.xl, SIZES.l, SIZES.xl, SIZES.l))
        column.addLayout(tools)
        column.addWidget(self.progress)
        column.addWidget(self._whole, 1)


def _edits(
    remedies: "list[Remedy]", workspace: "Workspace", report: "Report | None" = None, control: Control | None = None
) -> "tuple[Edit, ...]":
    from engine.audit.applying import edits_of

    return edits_of(remedies, workspace, control)


def _dismissed(workspace: "Workspace", key: str, reason: str) -> None:
    from engine.audit.dismissing import dismiss, take_up_again

    if reason:
        dismiss(workspace.path, key, reason)
    else:
        take_up_again(workspace.path, key)
