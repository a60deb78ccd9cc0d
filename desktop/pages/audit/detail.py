"""The selected finding: why, what to do, the buttons that do it, and its scans."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.pages.audit.comparison import Comparison
from desktop.pages.audit.dismissing import Question
from desktop.pages.audit.painter import told_of
from desktop.pages.audit.remedy_words import ICONS, alike, tip_of, words_of
from desktop.pages.audit.standing import Standing
from desktop.pages.audit.strips import Strips
from desktop.pages.audit.ticks import Ticks
from desktop.pages.audit.tiles import Tiles
from desktop.pages.audit.wording import MEANINGS, SEVERITIES
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.certificate import Mark
from desktop.widgets.flow import Flow
from desktop.widgets.text import text
from desktop.widgets.tiles import discard_all
from engine.audit.as_it_is_now import as_it_is_now
from engine.audit.finding import Finding, printable
from engine.audit.remedy import ExcludeScans, GroupPatients, Remedy
from engine.cohort import Scan
from engine.cohort.edits.judging import BY_HAND

COPIES = ("duplicate", "near-duplicate", "leak", "label-clash")
MOST_FILES = 12


class Detail(QWidget):
    """`wanted(remedies)` asks for them as one edit; `dismissed(key, reason)`, with no reason takes that back."""

    wanted = Signal(object)
    dismissed = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._standing = Standing()
        self._finding: Finding | None = None
        self.head = QWidget()
        self._words = column_box(self.head, gap=SIZES.s)
        self.buttons = QWidget()
        self._flow = Flow(self.buttons, SIZES.s)
        self.question = Question()
        self.comparison = Comparison(session)
        self.tiles = Tiles(session)
        self.strips = Strips(session)
        self.ticks = Ticks(self.strips)
        self._scans = QStackedWidget()
        self._build()

    def show_finding(self, finding: Finding, standing: Standing) -> None:
        """Show a finding as it stands."""
        if self._finding is None or self._finding.key != finding.key:
            self.question.hide()
        self._finding, self._standing = finding, standing
        self._describe(finding)
        self._show_scans(finding)
        self._offer(finding)

    def _describe(self, finding: Finding) -> None:
        discard_all(self._words)
        words, icon, tone = SEVERITIES[finding.severity]
        line = QWidget()
        row = row_box(line, gap=SIZES.s)
        row.addWidget(Mark(icon, tone))
        told = f"{words[:-1]}: {MEANINGS[finding.severity]} · {told_of(finding, self._session)}"
        row.addWidget(text(told, "caption", "muted"), 1)
        self._words.addWidget(line)
        self._words.addWidget(text(finding.reason, "section", wrap=True))
        self._words.addWidget(text(finding.action, tone="muted", wrap=True))
        for path in finding.files[:MOST_FILES]:
            self._words.addWidget(text(printable(path), "caption", wrap=True))
        gone = self._standing.dismissed.get(finding.key)
        if gone is not None:
            by = f" ({gone.who}, {gone.made[:10]})" if gone.who else ""
            self._words.addWidget(text(f"Not a problem: {gone.reason}{by}", tone="good", wrap=True))
        elif finding.key in self._standing.settled:
            self._words.addWidget(text("Done. Undo (Ctrl+Z) brings it back.", tone="good"))

    def _offer(self, finding: Finding) -> None:
        """The buttons: remedies where it is open, what to look at, and whether it is a problem at all."""
        discard_all(self._flow)
        add = self._flow.addWidget
        if finding.key in self._standing.dismissed:
            add(push("It is a problem", lambda: self.dismissed.emit(finding.key, ""), tip="Have it among the findings"))
        elif finding.key not in self._standing.settled:
            for remedy in finding.remedies:
                if (left := self._left(remedy)) is not None:
                    add(self._button(left, first=remedy is finding.remedy))
            self._offer_for_all(finding)
        if chosen := self._by_hand():
            add(push(words_of(chosen).replace("Exclude", "Exclude the selected"), partial(self._want, chosen)))
        if finding.scans or finding.patients:
            add(push("In the table", partial(self._go, "go.cohort"), icon="cohort", tip="Show it in the cohort table"))
        if finding.scans:
            add(push("In the viewer", partial(self._go, "go.view"), icon="view", tip="Look at it in the viewer"))
        if finding.kind == "leak" and finding.groups:
            add(push("Divide anew", partial(self._session.ask, "go.split"), icon="compare", tip="Go to the split page"))
        if self._is_open(finding):
            add(push("Not a problem…", self.question.ask, kind="quiet", tip="Put it away, with a reason that is kept"))
        self.buttons.updateGeometry()

    def _offer_for_all(self, finding: Finding) -> None:
        same = alike(finding, self._standing.open)
        if finding.remedy is not None and len(same) > 1 and self._left(finding.remedy) is not None:
            words = f"The same for all {len(same):,}"
            tip = "Do what is proposed about every finding of this kind, as one change"
            self._flow.addWidget(push(words, lambda: self.wanted.emit(same), tip=tip))

    def _button(self, remedy: Remedy, *, first: bool) -> QWidget:
        button = push(
            words_of(remedy),
            partial(self._want, remedy),
            icon=ICONS[type(remedy)],
            kind="primary" if first else "",
            tip=tip_of(remedy),
        )
        button.setEnabled(not isinstance(remedy, GroupPatients) or bool(remedy.groups))
        return button

    def _left(self, remedy: Remedy) -> Remedy | None:
        """What is left of it to do by now; of proposed patients only the ticked ones."""
        if self.strips.tickable and isinstance(remedy, GroupPatients):
            return GroupPatients(self.strips.ticked(), remedy.likely)
        cohort = self._session.cohort
        return None if cohort is None else as_it_is_now(remedy, cohort, self._standing.scans)

    def _by_hand(self) -> ExcludeScans | None:
        """What excludes the scans that are selected; none where all of the finding would be, or nothing."""
        chosen = tuple(scan.id for scan in self.tiles.selected() if not scan.excluded)
        whole = self._finding is not None and len(chosen) == len(self._finding.scans)
        return ExcludeScans(chosen, BY_HAND) if chosen and not whole else None

    def _want(self, remedy: Remedy) -> None:
        self.wanted.emit([remedy])

    def _show_scans(self, finding: Finding) -> None:
        grouped = bool(finding.groups)
        scans = self._standing.scans
        there = () if grouped else tuple(scans[scan.id] for scan in finding.scans if scan.id in scans)
        tickable = grouped and isinstance(finding.remedy, GroupPatients) and self._is_open(finding)
        self.strips.show_groups(self._groups(finding, tickable=tickable), scans, tickable=tickable)
        self.ticks.setVisible(tickable)
        self._scans.setCurrentIndex(0 if grouped else 1)
        self._scans.setVisible(bool(finding.scans))
        self.tiles.show_scans(there)
        pair = there[:2] if finding.kind in COPIES and len(there) > 1 else ()
        self.comparison.show_pair(*(pair or (None, None)))

    def _groups(self, finding: Finding, *, tickable: bool) -> tuple[tuple[int, ...], ...]:
        """Of proposed patients those that are not accepted yet."""
        scans = self._standing.scans
        return tuple(
            group
            for group in finding.groups
            if not tickable or len({scans[number].patient for number in group if number in scans}) > 1
        )

    def _is_open(self, finding: Finding) -> bool:
        return finding.key not in self._standing.settled and finding.key not in self._standing.dismissed

    def _point(self, scan: Scan) -> None:
        """A scan was clicked: it is selected everywhere, and compared with the first one."""
        self._session.selection.set(patient=scan.patient, scan=scan.id)
        scans = self.tiles.scans
        if self.comparison.isVisible() and scans and scan.id != scans[0].id:
            self.comparison.show_pair(scans[0], scan)

    def _go(self, command: str) -> None:
        finding, current = self._finding, self._session.selection.current
        if finding is None:
            return
        if current.scan not in {scan.id for scan in finding.scans}:
            scan = next((self._standing.scans.get(one.id) for one in finding.scans), None)
            patient = scan.patient if scan is not None else finding.patients[0]
            self._session.selection.set(patient=patient, scan=None if scan is None else scan.id)
        self._session.ask(command)

    def _dismiss(self, reason: str) -> None:
        if self._finding is not None:
            self.dismissed.emit(self._finding.key, reason)

    def _refresh_offers(self) -> None:
        if self._finding is not None:
            self._offer(self._finding)

    def _build(self) -> None:
        column = column_box(self, gap=SIZES.m, margins=(SIZES.l, 0, 0, 0))
        for part in (self.head, self.buttons, self.question, self.comparison, self.ticks):
            column.addWidget(part)
        self._scans.addWidget(self.strips)
        self._scans.addWidget(self.tiles)
        column.addWidget(self._scans, 1)
        column.addStretch()
        self.tiles.pointed.connect(self._point)
        self.tiles.marked.connect(self._refresh_offers)
        self.tiles.opened.connect(lambda _: self._session.ask("go.view"))
        self.strips.pointed.connect(self._point)
        self.strips.ticks_changed.connect(self._refresh_offers)
        self.question.answered.connect(self._dismiss)
