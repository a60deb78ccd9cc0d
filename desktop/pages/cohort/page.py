"""The cohort page: tables of patients and scans over a strip of head counts, the selected patient at the right."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QTabBar, QWidget

from desktop.actions import make_action
from desktop.cohort_rows import Filter, counted
from desktop.cohort_table import AnyRow, Column
from desktop.pages.cohort import changes
from desktop.pages.cohort.bars import Bars
from desktop.pages.cohort.bulk import Bulk
from desktop.pages.cohort.bulk_bar import BulkBar
from desktop.pages.cohort.column_panel import ColumnPanel
from desktop.pages.cohort.contents import COMMANDS, COUNTS, PATIENTS, SCANS, SHEETS, TABS
from desktop.pages.cohort.details import PatientDetails
from desktop.pages.cohort.history import History
from desktop.pages.cohort.menus import fill_columns, fill_groups, head_menu, rows_menu
from desktop.pages.cohort.remembering import Remembering
from desktop.pages.cohort.sharing import Sharing
from desktop.pages.cohort.sheet import Sheet
from desktop.pages.cohort.taking_along import copy_rows, write_table
from desktop.pages.cohort.tools import Tools
from desktop.pages.page import Page
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty


class CohortPage(Page):
    """Shares its selection with the whole window, both ways."""

    title = "Cohort"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._filter = Filter()
        self._stale: set[int] = set()
        self.sheets = tuple(Sheet(session, info, self) for info in SHEETS)
        self._sharing = [Sharing(session, sheet) for sheet in self.sheets]
        self.bulk = Bulk(session, lambda: self.sheet.table.selected_rows(), self)
        self.tools = Tools()
        self.bar = BulkBar(self.bulk)
        self.tabs = QTabBar()
        self.bars = Bars(session)
        self.details = PatientDetails(session)
        self.history = History(session, self)
        self.column_panel: ColumnPanel | None = None
        self._commands = [make_action(info, self, getattr(self, info.handler)) for info in COMMANDS]
        self._stack, self._tables, self._counts = QStackedWidget(), QStackedWidget(), QWidget()
        self._build()
        self._connect()
        self.reload()
        self._remembering = Remembering(session, self.sheets, self)

    @property
    def sheet(self) -> Sheet:
        """The table in front, or the patients' where there is none."""
        return self.sheets[SCANS if self.tabs.currentIndex() == SCANS else PATIENTS]

    def actions(self) -> list[QAction]:
        return self._commands[1:]

    def menu(self) -> list[tuple[str, list[QAction]]]:
        return [("", self._commands)]

    def gestures(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Edit a cell", "F2, or double click"),
            ("Keep what was typed, or leave it", "Enter, Esc"),
            ("Edit the next cell", "Tab"),
            ("Fold a group", "Space, Left, Right, or click"),
            ("A column's classes, order and type", "right click on its head"),
        )

    def primary(self) -> QAction | None:
        return self._commands[-1]

    def inspector(self) -> QWidget | None:
        """The selected patient, but beside the head counts, which need the room."""
        counting = self.tabs.currentIndex() == COUNTS
        return self.details if self.session.roster.rows and not counting else None

    def caption(self) -> str:
        roster = self.session.roster
        if not roster.rows:
            return ""
        told = f"{counted(len(roster.rows), 'patient')}, {counted(roster.scans, 'scan')}"
        vault = roster.state("vault")
        return f"{told}, {vault} in the test vault" if vault else told

    def badge(self) -> str:
        cohort = self.session.cohort
        if cohort is None or cohort.level != "image":
            return ""
        return "Image level, grouped into likely patients" if cohort.likely_patients else "Image level"

    def shown(self) -> None:
        """Arrow keys go to the table, and no letter into a search one did not begin."""
        self.sheet.table.setFocus()

    def reload(self) -> None:
        """Show the cohort as the session has it; what is not in front waits until it is."""
        roster = self.session.roster
        self._stack.setCurrentIndex(0 if roster.rows else 1)
        for command in self._commands:
            command.setEnabled(bool(roster.rows))
        self.bars.show_roster(roster)
        self.bars.show_filter(self._filter)
        self.tools.show_roster(roster)
        self._stale = {PATIENTS, SCANS}
        self._bring_up_to_date()
        self.heading_changed.emit()

    def ask_label(self) -> None:
        """Ask for a label of the selected rows."""
        if self.sheet.table.selected_rows():
            self.bulk.ask_label(self.bar.buttons["Label…"])
        else:
            self.session.announced.emit("Select the rows first.")

    def toggle_excluded(self) -> None:
        """Exclude the selected rows' scans, or include them where all are excluded already."""
        if self.sheet.table.selected_rows():
            self.bulk.toggle_excluded()
        else:
            self.session.announced.emit("Select the patients first.")

    def show_history(self) -> None:
        """Show what was changed, to go back to a point."""
        self.history.open_under(self.tools)

    def edit_column(self, name: str) -> None:
        """Show a label's classes, or what a covariate is."""
        if self.column_panel is not None:
            self.column_panel.hide()
            self.column_panel.deleteLater()
        self.column_panel = ColumnPanel(self.session, name, self)

    def copy_rows(self) -> None:
        copy_rows(self.session, self.sheet)

    def export_table(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Export the table", f"{self.sheet.info.noun}s.csv", "Tables (*.csv)"
        )
        if name:
            self.write_table(Path(name))

    def write_table(self, path: Path) -> None:
        """Write the rows shown as CSV."""
        write_table(self.session, self.sheet, path)

    def go_train(self) -> None:
        self.session.ask("go.train")

    def _bring_up_to_date(self) -> None:
        place = self.tabs.currentIndex()
        if place in self._stale:
            self._stale.discard(place)
            self.sheet.take(self.session.roster)

    def _turned(self, place: int) -> None:
        if place == COUNTS:
            self._show_counts()
        else:
            self._tables.setCurrentIndex(place)
            self._bring_up_to_date()
            self._search()
            self._changed()
        if self.column_panel is not None:
            self.column_panel.hide()
        for part in (self.tools, self.bar, self.bars):
            part.setVisible(place != COUNTS)
        self.inspector_changed.emit()

    def _show_counts(self) -> None:
        if self._tables.count() == COUNTS:
            from desktop.pages.cohort.counts import CountsView

            self._tables.addWidget(CountsView(self.session))
        self._tables.setCurrentIndex(COUNTS)

    def _search(self) -> None:
        self._filter = Filter(self.tools.search.text(), self._filter.classes)
        self.sheet.ask(filter=self._filter, states=self.tools.states())
        self.bars.show_filter(self._filter)

    def _toggle_class(self, target: str, name: str) -> None:
        self._filter = self._filter.toggled(target, name)
        self._search()

    def _changed(self) -> None:
        """Other rows are shown."""
        sheet = self.sheet
        shown, all_of_them = len(sheet.arranged.rows), len(sheet.rows)
        told = "" if shown == all_of_them else f"{shown} of {counted(all_of_them, sheet.info.noun)} shown"
        self.tools.shown_count.setText(told)
        self._sharing[self.sheets.index(sheet)].follow_again()
        self._count()

    def _count(self, *_: object) -> None:
        self.bar.show_count(self.sheet.table.selected_count(), self.sheet.info.noun)

    def _typed(self, row: AnyRow, column: Column, value: str) -> None:
        self.session.editing.make(changes.setting([row], column.field, column.name, value))

    def _opened(self, index: QModelIndex) -> None:
        """A double click looks at the patient, unless it is on a cell that can be typed into."""
        if index.isValid() and index.column() == 0 and index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.session.ask("go.view")

    def _rows_menu(self, place: QPoint) -> None:
        table = self.sheet.table
        if table.selected_count():
            menu = rows_menu(
                self.bulk,
                self.session.roster,
                self.session.class_color,
                self.bar.buttons["Label…"],
                self._commands[3:4],
            )
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(table.viewport().mapToGlobal(place))

    def _head_menu(self, place: QPoint) -> None:
        sheet = self.sheet
        head = sheet.table.horizontalHeader()
        section = head.logicalIndexAt(place)
        if 0 <= section < len(sheet.model.columns):
            menu = head_menu(sheet, sheet.model.columns[section], head, self.edit_column)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(head.mapToGlobal(place))

    def _connect(self) -> None:
        self.session.cohort_changed.connect(self.reload)
        self.tools.changed.connect(self._search)
        self.tools.groups.menu().aboutToShow.connect(lambda: fill_groups(self.tools.groups.menu(), self.sheet))
        self.tools.columns.menu().aboutToShow.connect(lambda: fill_columns(self.tools.columns.menu(), self.sheet))
        self.bars.toggled.connect(self._toggle_class)
        self.tabs.currentChanged.connect(self._turned)
        for sheet in self.sheets:
            self._connect_sheet(sheet)

    def _connect_sheet(self, sheet: Sheet) -> None:
        table = sheet.table
        sheet.changed.connect(lambda: self._changed() if sheet is self.sheet else None)
        sheet.model.typed.connect(self._typed)
        self.session.thumbnails.arrived.connect(table.viewport().update)
        table.selectionModel().selectionChanged.connect(self._count)
        table.doubleClicked.connect(self._opened)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._rows_menu)
        table.horizontalHeader().customContextMenuRequested.connect(self._head_menu)

    def _build(self) -> None:
        for name in TABS:
            self.tabs.addTab(name)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for sheet in self.sheets:
            self._tables.addWidget(sheet.table)
        body = QWidget()
        column = column_box(body, gap=SIZES.s, margins=(SIZES.xl, SIZES.s, SIZES.xl, SIZES.l))
        column.addWidget(self.tabs)
        column.addWidget(self.tools)
        column.addWidget(self.bar)
        column.addWidget(self._tables, 1)
        column.addSpacing(SIZES.xs)
        column.addWidget(self.bars)
        self._stack.addWidget(body)
        self._stack.addWidget(nothing_yet(self.session))
        whole = column_box(self)
        whole.addWidget(self._stack)


def nothing_yet(session: Session) -> QWidget:
    """What the page says where no cohort is open."""
    open_one, demo = lambda: session.ask("workspace.open"), lambda: session.ask("workspace.demo")
    return Empty(
        "cohort",
        "A cohort begins with a folder of scans",
        "Open one, and its patients, labels and head counts are laid out here. The demo study shows how.",
        (
            push("Open a folder of scans", open_one, kind="primary", icon="open"),
            push("Try the demo study", demo, icon="demo"),
        ),
    )
