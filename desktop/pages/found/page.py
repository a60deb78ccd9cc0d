"""The found page: how to add, what was found, what was left out; nothing is written before one says so."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.bridge import Task
from desktop.cohort_rows import counted
from desktop.intake import Found, Order
from desktop.pages.found.add_form import AddForm
from desktop.pages.found.choice import Choice
from desktop.pages.found.details import FoundDetails
from desktop.pages.found.files import FilesLeftOut
from desktop.pages.found.filters import Filters
from desktop.pages.found.forecast import Forecast, forecast
from desktop.pages.found.model import FoundModel
from desktop.pages.found.nothing import nothing_found, nothing_yet
from desktop.pages.found.offers import Answer, Offers
from desktop.pages.found.rows import FoundRow, columns_of, rows_of, verdicts
from desktop.pages.found.table import FoundTable
from desktop.pages.page import Page
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box

SOON_MS = 120
LONGEST_NAME = 32
COMMANDS = (
    ActionInfo("found.discard", "Discard", "Ctrl+Backspace", "", "Let go of what was found; no file is touched",
               "discard"),
    ActionInfo("found.add", "Add the scans", "Ctrl+Return", "import", "Put the ticked scans into the cohort", "add"),
)  # fmt: skip


class FoundPage(Page):
    """Shows what the session's intake holds."""

    beside_list = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._found: Found | None = None
        self._choice: Choice | None = None
        self._rows: tuple[FoundRow, ...] = ()
        self._forecast = Forecast()
        self._asked: Task | None = None
        self._looked_at: FoundRow | None = None
        self.form = AddForm()
        self.offers = Offers()
        self.tabs = QTabBar()
        self.filters = Filters()
        self.model = FoundModel(session.thumbnails, self)
        self.table = FoundTable(self.model)
        self.files = FilesLeftOut()
        self.details = FoundDetails(session.thumbnails)
        self._discard, self._add = (make_action(info, self, getattr(self, info.handler)) for info in COMMANDS)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._whole = QStackedWidget()
        self._parts = QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return [self._discard, self._add]

    def primary(self) -> QAction | None:
        return self._add

    def inspector(self) -> QWidget | None:
        return self.details if self._found is not None else None

    def badge(self) -> str:
        return "Image level" if self._forecast.image_level else ""

    def shown(self) -> None:
        self.table.setFocus()

    def gestures(self) -> tuple[tuple[str, str], ...]:
        return (("Tick or untick the selected scans", "Space"),)

    def reload(self) -> None:
        """Show what the intake holds now; the choice is kept as long as it is the same."""
        found = self.session.intake.found
        if found is not self._found:
            self._begin(found)
        if self._choice is not None:
            self._show_scans(self._choice)
        self._refresh_commands()
        self.heading_changed.emit()

    def add(self) -> None:
        """Add what is ticked; once, however often one clicks."""
        if self._choice is None or not self._add.isEnabled():
            return
        self._add.setEnabled(False)
        chosen, form = self._choice.chosen(), self.form
        self.session.intake.add(Order(chosen, form.destination, form.layout_key, form.label_table))

    def discard(self) -> None:
        self.session.intake.discard()

    def answer(self, offers: object, join: bool) -> None:
        """Join scans as offered, or keep them apart; Ctrl+Z takes it back."""
        if self._choice is not None and not self.session.intake.adding:
            self.session.edits.push(Answer(self.session, self._choice, tuple(offers), join))  # type: ignore[arg-type]

    def _begin(self, found: Found | None) -> None:
        self._found = found
        self._choice = None if found is None else Choice(found.discovery)
        self._rows, self._forecast = (), Forecast()
        self.model.names = {}
        self._whole.setCurrentIndex(0 if found is not None else 1)
        self.title = "" if found is None else f"What was found in {shortened(found.name)}"
        if found is None or self._choice is None:
            self.model.show_rows((), (), None)
            return
        self.filters.begin()
        self.form.begin(found.source, self.session.title)
        left_out = self.files.show_files(found.discovery, found.source)
        self.tabs.setTabText(1, f"Left out  {left_out}" if left_out else "Left out")
        self._replace_nothing(found)
        self.tabs.setCurrentIndex(0)
        self._show_rows(self._choice)
        self.table.fit_columns()
        self.table.go_to(0)

    def _show_scans(self, choice: Choice) -> None:
        if [row.scan for row in self._rows] != list(choice.discovery.scans):
            self._show_rows(choice)
        assert self._found is not None
        self.offers.show_offers(choice.offers, choice.discovery, self._found.source)
        self.form.offer_open(self.session.title)
        self.form.setEnabled(not self.session.intake.adding)
        self._ask_soon()

    def _show_rows(self, choice: Choice) -> None:
        assert self._found is not None
        looked_at = self._looked_at
        self._rows = rows_of(choice.discovery, self._found.source)
        self.tabs.setTabText(0, f"Scans  {len(self._rows):,}".replace(",", "\u2009"))
        self.filters.count(verdicts(self._rows))
        self._apply()
        if looked_at is not None:
            self.table.go_to(max(0, self.model.row_of(looked_at.key)))

    def _apply(self) -> None:
        """Show the rows that are looked for."""
        if self._choice is None:
            return
        wanted, names = self.filters.wanted, self.model.names
        looked_at = self._looked_at
        shown = [row for row in self._rows if wanted.accepts(row, names.get(row.key, ""))]
        known = [column.title for column in self.model.columns]
        self.model.show_rows(shown, columns_of(self._rows, names), self._choice)
        if [column.title for column in self.model.columns] != known:
            self.table.fit_columns()
        if looked_at is not None:
            self.table.go_to(self.model.row_of(looked_at.key))

    def _tick(self, wanted: bool) -> None:
        self.model.want(self.model.rows, wanted=wanted)

    def _look_at(self, row: FoundRow | None) -> None:
        self._looked_at = row
        if self.tabs.currentIndex() == 0:
            self.details.show_row(row, self.model.names.get(row.key, "") if row is not None else "")

    def _ask_soon(self) -> None:
        self._soon.start()
        self._refresh_commands()

    def _ask(self) -> None:
        if self._choice is None or self._found is None:
            return
        if self._asked is not None:
            self._asked.cancel()
        form = self.form
        cohort = self.session.cohort if form.destination is None else None
        work = partial(forecast, self._choice.chosen(), self._found.source, form.layout_key, form.label_table, cohort)
        self._asked = self.session.bridge.submit(work, self._know, owner=self)

    def _know(self, made: Forecast) -> None:
        self._asked = None
        self._forecast = made
        self.form.show_forecast(made)
        by_id = self.session.settings.patient_names == "id"
        first = not self.model.names
        self.model.name_patients({scan: names[by_id] for scan, names in made.names.items()})
        if first:
            self.table.fit_columns()
        self._look_at(self._looked_at)
        self._refresh_commands()
        self.heading_changed.emit()

    def _refresh_commands(self) -> None:
        adding = self.session.intake.adding
        trouble = self.form.objection or self._forecast.trouble
        able = self._choice is not None and bool(self._rows) and not trouble and not adding
        self._add.setEnabled(able and self._forecast.scans > 0)
        self._discard.setEnabled(self._found is not None and not adding)
        scans, patients = counted(self._forecast.scans, "scan"), counted(self._forecast.patients, "patient")
        self._add.setText("Adding…" if adding else f"Add {scans} of {patients}" if able else "Add the scans")
        words, tone = (trouble, "warn") if trouble else self._remark()
        self.form.say(words, tone)

    def _remark(self) -> tuple[str, str]:
        """What one should know before adding."""
        told = []
        if self._forecast.lost:
            lost = counted(self._forecast.lost, "scan")
            told.append(f"{lost} would find no patient this way, and stay out.")
        if self._choice is not None:
            failed = sum(self._choice.wants(row.scan) for row in self._rows if row.certificate == "fail")
            if failed:
                told.append(f"{counted(failed, 'scan')} failed: added, but kept out of training until accepted.")
        if told:
            return " ".join(told), "warn"
        return "Your scans stay where they are and are only read.", "muted"

    def _replace_nothing(self, found: Found) -> None:
        old = self._parts.widget(2)
        if old is not None:
            self._parts.removeWidget(old)
            old.deleteLater()
        self._parts.addWidget(nothing_found(found, self.session.ask))
        self._show_part(0)

    def _show_part(self, tab: int) -> None:
        has_scans = self._found is not None and bool(self._found.discovery.scans)
        self._parts.setCurrentIndex(tab if has_scans or tab else 2)
        self.filters.setVisible(has_scans and tab == 0)
        if tab == 0:
            self._look_at(self._looked_at)
        else:
            self.details.show_file(self.files.table.current)
        self.form.setVisible(has_scans)

    def _connect(self) -> None:
        self.session.intake.changed.connect(self.reload)
        self.session.workspace_changed.connect(self._host_changed)
        self.session.cohort_changed.connect(self._host_changed)
        self.session.thumbnails.arrived.connect(self.table.viewport().update)
        self.form.changed.connect(self._ask_soon)
        self.model.ticked.connect(self._ask_soon)
        self.filters.changed.connect(self._apply)
        self.filters.ticked.connect(self._tick)
        self.offers.answered.connect(self.answer)
        self.table.chosen.connect(self._look_at)
        self.files.table.chosen.connect(self.details.show_file)
        self.tabs.currentChanged.connect(self._show_part)
        self._soon.timeout.connect(self._ask)

    def _host_changed(self) -> None:
        if self._choice is not None:
            self.form.offer_open(self.session.title)
            self._ask_soon()

    def _build(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in ("Scans", "Left out"):
            self.tabs.addTab(words)
        self._parts.addWidget(self.table)
        self._parts.addWidget(self.files)
        head = row_box(gap=SIZES.l)
        head.addWidget(self.tabs)
        head.addWidget(self.filters, 1)
        head.addStretch()
        body = QWidget()
        column = column_box(body, gap=SIZES.m, margins=(SIZES.xl, SIZES.l, SIZES.xl, SIZES.l))
        column.addWidget(self.form)
        column.addWidget(self.offers)
        column.addLayout(head)
        column.addWidget(self._parts, 1)
        self._whole.addWidget(body)
        self._whole.addWidget(nothing_yet(self.session.ask))
        whole = column_box(self)
        whole.addWidget(self._whole)


def shortened(name: str) -> str:
    """A name short enough for a heading."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
