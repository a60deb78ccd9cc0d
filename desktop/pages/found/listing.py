"""Everything that was found, under tabs: the scans with their filters, how they are read, the files left out."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from desktop.bridge import Task
from desktop.intake import Found
from desktop.pages.found.arranging import Arranged, Wish, arranged
from desktop.pages.found.choice import Choice
from desktop.pages.found.details import FoundDetails
from desktop.pages.found.files import FilesFound, FilesLeftOut, LeftOut, files_of
from desktop.pages.found.filters import Filters
from desktop.pages.found.model import FoundModel
from desktop.pages.found.nothing import nothing_found
from desktop.pages.found.rows import FoundRow, Names
from desktop.pages.found.table import FoundTable
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box

Tab = Literal["scans", "options", "table", "classes", "left out"]
WORDS: dict[Tab, str] = {
    "scans": "Scans",
    "options": "Options",
    "table": "Columns",
    "classes": "Classes",
    "left out": "Left out",
}
TABS = tuple(WORDS)
FEW = 500


class Listing(QWidget):
    """Shows one thing that was found; `ticked` when other scans are wanted. `details` is for the inspector.

    More scans than a FEW are arranged off the GUI thread; then they appear a moment later.
    """

    ticked = Signal()

    def __init__(self, session: Session, views: dict[Tab, QWidget]) -> None:
        super().__init__()
        self._session = session
        self._found: Found | None = None
        self._choice: Choice | None = None
        self._looked_at: FoundRow | None = None
        self._arranging: Task | None = None
        self._made = Arranged()
        self._of: object = None
        self.tabs = QTabBar()
        self.filters = Filters()
        self.model = FoundModel(session.thumbnails, self)
        self.table = FoundTable(self.model)
        self.files = FilesLeftOut()
        self._files = FilesFound()
        self.details = FoundDetails(session.thumbnails)
        self._parts = QStackedWidget()
        self._nothing = QWidget()
        self._build(views)
        self._connect()

    @property
    def rows(self) -> tuple[FoundRow, ...]:
        """All scans that were found, shown or not."""
        return self._made.rows

    @property
    def tab(self) -> Tab:
        """What is looked at."""
        return TABS[max(0, self.tabs.currentIndex())]

    def begin(self, found: Found, choice: Choice) -> None:
        """Show something else, everything of it."""
        self.end()
        self._found, self._choice, self._looked_at = found, choice, None
        self.model.names = {}
        self.filters.begin()
        self.offer("options", there=False)
        self.offer("table", there=False)
        self.offer("classes", there=False)
        self.go_to("scans")
        self._session.bridge.submit(
            partial(files_of, found.discovery, found.source), partial(self._show_files, found), owner=self
        ) if len(found.discovery.unreadable) > FEW else self._show_files(found, files_of(found.discovery, found.source))
        self.show_scans()

    def end(self) -> None:
        """There is nothing any more."""
        self._found = self._choice = self._of = None
        if self._arranging is not None:
            self._arranging.cancel()
        self._made = Arranged()
        self.model.show_rows(self._made, None)

    def offer(self, tab: Tab, *, there: bool, words: str = "") -> None:
        """Have a tab or not; `words` say how much there is in it."""
        place = TABS.index(tab)
        self.tabs.setTabVisible(place, there)
        self.tabs.setTabText(place, f"{WORDS[tab]}  {words}" if words else WORDS[tab])

    def go_to(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(TABS.index(tab))
        self._show_part()

    def show_scans(self) -> None:
        """Show the scans as they are joined now."""
        if self._choice is not None and self._of is not self._choice.discovery:
            self._of = self._choice.discovery
            self._arrange()

    def name_patients(self, names: Names) -> None:
        """Say whose the scans would be."""
        first = not self.model.names
        self.model.name_patients(names)
        if first:
            self.table.fit_columns()
        self._look_at(self._looked_at)

    def _arrange(self) -> None:
        """List what is looked for; of several wishes the last one counts."""
        if self._found is None or self._choice is None:
            return
        if self._arranging is not None:
            self._arranging.cancel()
        found, model = self._found, self.model
        wish = Wish(
            self._choice.discovery, found.source, found.number, self.filters.wanted, model.names, model.order, self.rows
        )
        if len(wish.discovery.scans) <= FEW:
            self._show(wish, arranged(wish))
        else:
            self._arranging = self._session.bridge.submit(
                partial(arranged, wish), partial(self._show, wish), owner=self
            )

    def _show(self, wish: Wish, made: Arranged) -> None:
        """Show the rows; what is looked at stays so where it is among them."""
        first, looked_at = not self._made.rows, self._looked_at
        known = [column.title for column in self.model.columns]
        same = made.places.keys() == self._made.places.keys() and len(made.rows) == len(self._made.rows)
        if same and known == [column.title for column in made.columns]:
            self.model.show_order(made)
        else:
            self.model.show_rows(made, self._choice)
        self._made = made
        self.offer("scans", there=True, words=f"{len(made.rows):,}".replace(",", "\u2009"))
        self.filters.count(dict(made.counts))
        if [column.title for column in self.model.columns] != known:
            self.table.fit_columns()
        self._find_again(looked_at, first=first)

    def _find_again(self, looked_at: FoundRow | None, *, first: bool) -> None:
        if looked_at is not None and (place := self.model.row_of(looked_at.key)) >= 0:
            if self.table.currentIndex().row() != place:
                self.table.go_to(place)
        elif first or looked_at is not None:
            self.table.go_to(0)

    def _look_at(self, row: FoundRow | None) -> None:
        self._looked_at = row
        if self.tab == "scans":
            self.details.show_row(row, self.model.names.get(row.key, "") if row is not None else "")

    def _show_part(self, *_: object) -> None:
        empty = self._found is not None and not self._found.discovery.scans
        scans = self.tab == "scans"
        self._parts.setCurrentIndex(len(TABS) if empty and scans else TABS.index(self.tab))
        self.filters.setVisible(scans and not empty)
        if scans:
            self._look_at(self._looked_at)
        elif self.tab == "left out":
            self.details.show_file(self.files.table.current)

    def pass_over(self, lines: Sequence[LeftOut]) -> None:
        """Show what the way in force leaves out, after the files that could not be read."""
        self.files.show_files(self._files, lines)
        count = len(self._files.lines) + sum(line.scans for line in lines)
        self.offer("left out", there=True, words=f"{count:,}".replace(",", "\u2009") if count else "")

    def _show_files(self, found: Found, files: FilesFound) -> None:
        if found is not self._found:
            return
        self._files = files
        self.pass_over(())
        self._parts.removeWidget(self._nothing)
        self._nothing.deleteLater()
        self._nothing = nothing_found(found.name, files.seen, self._session.ask)
        self._parts.addWidget(self._nothing)
        self._show_part()

    def _connect(self) -> None:
        self._session.thumbnails.arrived.connect(self.table.viewport().update)
        self.model.ticked.connect(self.ticked)
        self.model.reordered.connect(self._arrange)
        self.filters.changed.connect(self._arrange)
        self.filters.ticked.connect(lambda wanted: self.model.want(self.model.rows, wanted=wanted))
        self.table.chosen.connect(self._look_at)
        self.files.table.chosen.connect(self.details.show_file)
        self.tabs.currentChanged.connect(self._show_part)

    def _build(self, views: dict[Tab, QWidget]) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        parts: dict[Tab, QWidget] = {"scans": self.table, **views, "left out": self.files}
        for tab, words in WORDS.items():
            self.tabs.addTab(words)
            self._parts.addWidget(parts[tab])
        self._parts.addWidget(self._nothing)
        head = row_box(gap=SIZES.l)
        head.addWidget(self.tabs)
        head.addWidget(self.filters, 1)
        head.addStretch()
        column = column_box(self, gap=SIZES.m)
        column.addLayout(head)
        column.addWidget(self._parts, 1)
