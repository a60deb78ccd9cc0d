"""The cohort page: a table over a strip of head counts, the selected patient at the right."""

from pathlib import Path

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.cohort_rows import Filter, PatientRow, counted
from desktop.cohort_table import as_text, columns_of
from desktop.pages.cohort.bars import Bars
from desktop.pages.cohort.details import PatientDetails
from desktop.pages.cohort.model import CohortModel
from desktop.pages.cohort.table import CohortTable
from desktop.pages.page import Page
from desktop.selection import Selected
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty
from desktop.widgets.search_box import SearchBox
from desktop.widgets.text import text

SEARCH_WIDTH = 280
COMMANDS = (
    ActionInfo("cohort.exclude", "Exclude or include", "Ctrl+E", "exclude",
               "Keep the scans of the selected patients out of every run, or take them back in", "toggle_excluded"),
    ActionInfo("cohort.copy", "Copy the rows", "Ctrl+C", "copy", "Copy the selected rows, to paste into a sheet",
               "copy_rows"),
    ActionInfo("cohort.export", "Export the table…", "Ctrl+Shift+E", "export",
               "Write the rows shown as a CSV file (pseudonyms only)", "export_table"),
    ActionInfo("cohort.train", "Train a classifier", "Ctrl+Return", "train", "Go on to training on this cohort",
               "go_train"),
)  # fmt: skip


class CohortPage(Page):
    """Shares its selection with the whole window, both ways."""

    title = "Cohort"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._rows: tuple[PatientRow, ...] = ()
        self._filter = Filter()
        self._choosing = False
        self.model = CohortModel(session.class_color, session.thumbnails, self)
        self.table = CohortTable(self.model)
        self.bars = Bars(session)
        self.search = SearchBox("Filter the table")
        self.shown_count = text("", "caption", "muted")
        self.details = PatientDetails(session)
        self._commands = [make_action(info, self, getattr(self, info.handler)) for info in COMMANDS]
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return self._commands

    def primary(self) -> QAction | None:
        return self._commands[-1]

    def inspector(self) -> QWidget | None:
        return self.details if self._rows else None

    def caption(self) -> str:
        if not self._rows:
            return ""
        scans = sum(row.scans for row in self._rows)
        return f"{counted(len(self._rows), 'patient')}, {counted(scans, 'scan')}"

    def badge(self) -> str:
        return "Image level" if self.session.image_level else ""

    def shown(self) -> None:
        """Arrow keys go to the table, and no letter into a search one did not begin."""
        self.table.setFocus()

    def reload(self) -> None:
        """Show the cohort as the session has it."""
        self._rows = self.session.rows()
        self._stack.setCurrentIndex(0 if self._rows else 1)
        for command in self._commands:
            command.setEnabled(bool(self._rows))
        self.bars.show_rows(self._rows)
        known = self._titles()
        self._apply(self._filter)
        if self._titles() != known:
            self.table.fit_columns()
        self.heading_changed.emit()

    def toggle_excluded(self) -> None:
        """Exclude the selected patients' scans, or include them where all are excluded already."""
        cohort = self.session.cohort
        keys = self.table.selected_keys()
        if cohort is None or not keys:
            self.session.announced.emit("Select the patients first.")
            return
        scans = [scan for key in keys for scan in cohort.by_key[key].scans]
        from engine.cohort.edits import ExcludeScans
        from engine.cohort.edits.judging import BY_HAND

        reason = "" if all(scan.excluded for scan in scans) else BY_HAND
        self.session.editing.make(ExcludeScans(tuple(scan.id for scan in scans), reason))

    def copy_rows(self) -> None:
        keys = set(self.table.selected_keys())
        rows = [row for row in self.model.rows if row.key in keys] or list(self.model.rows)
        QGuiApplication.clipboard().setText(as_text(rows, self.model.columns))
        self.session.announced.emit(f"Copied {counted(len(rows), 'row')}.")

    def export_table(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export the table", "cohort.csv", "Tables (*.csv)")
        if name:
            self.write_table(Path(name))

    def write_table(self, path: Path) -> None:
        """Write the rows shown as CSV, off the GUI thread."""
        from engine.files import write_text

        words = as_text(self.model.rows, self.model.columns, ",")
        self.session.bridge.submit(
            lambda: write_text(path, words),
            lambda _: self.session.announced.emit(f"Wrote {path.name}."),
            owner=self,
        )

    def go_train(self) -> None:
        self.session.ask("go.train")

    def _apply(self, wanted: Filter) -> None:
        self._filter = wanted
        shown = [row for row in self._rows if wanted.accepts(row)]
        selected = self.table.selected_keys()
        self.model.show_rows(shown, columns_of(self._rows))
        self.bars.show_filter(wanted)
        all_of_them = counted(len(self._rows), "patient")
        self.shown_count.setText("" if len(shown) == len(self._rows) else f"{len(shown)} of {all_of_them} shown")
        self._follow(self.session.selection.current)
        if selected:
            self.table.select_keys(selected)

    def _titles(self) -> list[str]:
        return [column.title for column in self.model.columns]

    def _follow(self, selected: Selected) -> None:
        if not self._choosing:
            self.table.go_to(self.model.row_of(selected.patient))

    def _chosen(self, *_: object) -> None:
        """Follow the current row once it is selected too: the focus alone makes a row current, but chooses nobody."""
        chooser = self.table.selectionModel()
        index = chooser.currentIndex()
        if not index.isValid() or not chooser.isSelected(index):
            return
        self._choosing = True
        self.session.selection.set(patient=self.model.rows[index.row()].key)
        self._choosing = False

    def _connect(self) -> None:
        self.session.cohort_changed.connect(self.reload)
        self.session.selection.patient_changed.connect(self._follow)
        self.session.thumbnails.arrived.connect(self.table.viewport().update)
        self.search.textChanged.connect(lambda words: self._apply(Filter(words, self._filter.classes)))
        self.bars.toggled.connect(lambda target, name: self._apply(self._filter.toggled(target, name)))
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.doubleClicked.connect(lambda _: self.session.ask("go.view"))

    def _build(self) -> None:
        tools = row_box(gap=SIZES.m)
        self.search.setFixedWidth(SEARCH_WIDTH)
        tools.addWidget(self.search)
        tools.addWidget(self.shown_count)
        tools.addStretch()
        body = QWidget()
        column = column_box(body, gap=SIZES.m, margins=(SIZES.xl, SIZES.l, SIZES.xl, SIZES.l))
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        column.addWidget(self.bars)
        ask = self.session.ask
        self._stack.addWidget(body)
        self._stack.addWidget(
            Empty(
                "cohort",
                "A cohort begins with a folder of scans",
                "Open one, and its patients, labels and head counts are laid out here. The demo study shows how.",
                (
                    push("Open a folder of scans", lambda: ask("workspace.open"), kind="primary", icon="open"),
                    push("Try the demo study", lambda: ask("workspace.demo"), icon="demo"),
                ),
            )
        )
        whole = column_box(self)
        whole.addWidget(self._stack)
