"""Everything that was found, under two tabs: the scans with their filters, the files that were left out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from desktop.intake import Found
from desktop.pages.found.choice import Choice
from desktop.pages.found.details import FoundDetails
from desktop.pages.found.files import FilesLeftOut
from desktop.pages.found.filters import Filters
from desktop.pages.found.model import FoundModel
from desktop.pages.found.nothing import nothing_found
from desktop.pages.found.rows import FoundRow, Names, columns_of, rows_of, verdicts
from desktop.pages.found.table import FoundTable
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box

SCANS, LEFT_OUT, NOTHING = range(3)


class Listing(QWidget):
    """Shows one thing that was found; `ticked` when other scans are wanted. `details` is for the inspector."""

    ticked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: Found | None = None
        self._choice: Choice | None = None
        self._looked_at: FoundRow | None = None
        self.rows: tuple[FoundRow, ...] = ()
        self.tabs = QTabBar()
        self.filters = Filters()
        self.model = FoundModel(session.thumbnails, self)
        self.table = FoundTable(self.model)
        self.files = FilesLeftOut()
        self.details = FoundDetails(session.thumbnails)
        self._parts = QStackedWidget()
        self._build()
        self._connect()

    @property
    def failed(self) -> int:
        """How many of the scans that are wanted have failed."""
        return sum(row.certificate == "fail" and self.model.wants(row) for row in self.rows)

    def begin(self, found: Found, choice: Choice) -> None:
        """Show something else, everything of it."""
        self._found, self._choice, self._looked_at = found, choice, None
        self.rows, self.model.names = (), {}
        self.filters.begin()
        left_out = self.files.show_files(found.discovery, found.source)
        self.tabs.setTabText(LEFT_OUT, f"Left out  {left_out}" if left_out else "Left out")
        self._teach(found)
        self.show_scans()
        self.table.fit_columns()
        self.table.go_to(0)
        self.tabs.setCurrentIndex(SCANS)
        self._show_part(SCANS)

    def end(self) -> None:
        """There is nothing any more."""
        self._found = self._choice = None
        self.rows = ()
        self.model.show_rows((), (), None)

    def show_scans(self) -> None:
        """Show the scans as they are joined now."""
        if self._found is None or self._choice is None:
            return
        if [row.scan for row in self.rows] == list(self._choice.discovery.scans):
            return
        looked_at = self._looked_at
        self.rows = rows_of(self._choice.discovery, self._found.source, self._found.number)
        self.tabs.setTabText(SCANS, f"Scans  {len(self.rows):,}".replace(",", "\u2009"))
        self.filters.count(verdicts(self.rows))
        self._apply()
        if looked_at is not None and self._looked_at is None:
            self.table.go_to(0)

    def name_patients(self, names: Names) -> None:
        """Say whose the scans would be."""
        first = not self.model.names
        self.model.name_patients(names)
        if first:
            self.table.fit_columns()
        self._look_at(self._looked_at)

    def _apply(self) -> None:
        """Show the rows that are looked for; what is looked at stays so where it is among them."""
        wanted, names, looked_at = self.filters.wanted, self.model.names, self._looked_at
        shown = [row for row in self.rows if wanted.accepts(row, names.get(row.key, ""))]
        known = [column.title for column in self.model.columns]
        self.model.show_rows(shown, columns_of(self.rows, names), self._choice)
        if [column.title for column in self.model.columns] != known:
            self.table.fit_columns()
        if looked_at is not None:
            self.table.go_to(self.model.row_of(looked_at.key))

    def _look_at(self, row: FoundRow | None) -> None:
        self._looked_at = row
        if self.tabs.currentIndex() == SCANS:
            self.details.show_row(row, self.model.names.get(row.key, "") if row is not None else "")

    def _show_part(self, tab: int) -> None:
        empty = self._found is not None and not self._found.discovery.scans
        self._parts.setCurrentIndex(NOTHING if empty and tab == SCANS else tab)
        self.filters.setVisible(tab == SCANS and not empty)
        if tab == SCANS:
            self._look_at(self._looked_at)
        else:
            self.details.show_file(self.files.table.current)

    def _teach(self, found: Found) -> None:
        old = self._parts.widget(NOTHING)
        if old is not None:
            self._parts.removeWidget(old)
            old.deleteLater()
        self._parts.addWidget(nothing_found(found, self._session.ask))

    def _connect(self) -> None:
        self._session.thumbnails.arrived.connect(self.table.viewport().update)
        self.model.ticked.connect(self.ticked)
        self.filters.changed.connect(self._apply)
        self.filters.ticked.connect(lambda wanted: self.model.want(self.model.rows, wanted=wanted))
        self.table.chosen.connect(self._look_at)
        self.files.table.chosen.connect(self.details.show_file)
        self.tabs.currentChanged.connect(self._show_part)

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
        column = column_box(self, gap=SIZES.m)
        column.addLayout(head)
        column.addWidget(self._parts, 1)
