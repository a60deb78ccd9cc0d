"""The patients beside every page: search, filter by class, select."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from desktop.cohort_list_rows import PatientListModel, PatientPainter
from desktop.cohort_rows import Filter, counted
from desktop.cohort_search import HINT, TOLD
from desktop.selection import Selected
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, named
from desktop.widgets.buttons import push
from desktop.widgets.chips import Chips
from desktop.widgets.empty import Empty
from desktop.widgets.search_box import SearchBox
from desktop.widgets.text import text


class PatientsView(QTableView):
    """A list of rows of one height: Qt's own list lays out every row anew at each change, which takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(PatientPainter(self))
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Patients")
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(SIZES.list_row)


class CohortList(QFrame):
    """Shows the session's cohort and shares its selection, both ways."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cohort_list")
        self.setFixedWidth(SIZES.list)
        self._session = session
        self.search = SearchBox("Search patients")
        self.target = QComboBox()
        self.chips = Chips()
        self.model = PatientListModel(session.thumbnails, self)
        self.view = PatientsView()
        self.foot = text("", "caption", "muted")
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Show the cohort as the session has it."""
        rows = self._session.roster.rows
        self._offer_targets(self._session.roster.targets)
        self.search.setVisible(bool(rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        self._offer_classes()

    def step(self, by: int) -> None:
        """Select the patient `by` rows further down."""
        row = self.view.currentIndex().row() + by if self.view.currentIndex().isValid() else 0
        index = self.model.index(max(0, min(row, self.model.rowCount() - 1)))
        if index.isValid():
            self.view.setCurrentIndex(index)

    def _offer_targets(self, targets: list[str]) -> None:
        kept = self.target.currentText()
        self.target.blockSignals(True)
        self.target.clear()
        self.target.addItems(targets)
        self.target.setCurrentText(kept if kept in targets else (targets[0] if targets else ""))
        self.target.blockSignals(False)
        self.target.setVisible(len(targets) > 1)

    def _offer_classes(self) -> None:
        target = self.target.currentText()
        counts = self._session.roster.counts.get(target, ())
        colors = {count.name: self._session.class_color(target, count.name) for count in counts}
        self.chips.offer(colors)
        self.chips.setVisible(len(counts) > 1)
        self._filter()

    def _filter(self) -> None:
        target = self.target.currentText()
        wanted = Filter(self.search.text(), {target: frozenset(self.chips.chosen())})
        shown = wanted.of(self._session.roster.rows)
        self.model.show_rows(shown, target, lambda name: self._session.class_color(target, name))
        self.foot.setText(self._counts(len(shown)))
        self._follow(self._session.selection.current)

    def _counts(self, shown: int) -> str:
        roster = self._session.roster
        if not roster.rows:
            return "No patients"
        all_of_them = counted(len(roster.rows), "patient")
        scans = counted(roster.scans, "scan")
        return f"{all_of_them} · {scans}" if shown == len(roster.rows) else f"{shown} of {all_of_them}"

    def _follow(self, selected: Selected) -> None:
        index = self.model.index_of(selected.patient)
        chooser = self.view.selectionModel()
        chooser.blockSignals(True)
        flag = QItemSelectionModel.SelectionFlag
        chooser.setCurrentIndex(index, flag.ClearAndSelect if index.isValid() else flag.Clear)
        chooser.blockSignals(False)
        if index.isValid():
            self.view.scrollTo(index)
        self.view.viewport().update()

    def _chosen(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is not None:
            self._session.selection.set(patient=row.key)

    def _connect(self) -> None:
        self._session.cohort_changed.connect(self.reload)
        self._session.selection.patient_changed.connect(self._follow)
        self._session.thumbnails.arrived.connect(self.view.viewport().update)
        self.search.textChanged.connect(self._filter)
        self.target.currentTextChanged.connect(self._offer_classes)
        self.chips.changed.connect(self._filter)
        self.view.selectionModel().currentChanged.connect(self._chosen)

    def _build(self) -> None:
        self.search.setToolTip(f"{TOLD}\nSuch as: {HINT}")
        self.target.setToolTip("The label that colours the dots and makes the filters")
        self.view.setModel(self.model)
        ask = self._session.ask
        self._stack.addWidget(self.view)
        self._stack.addWidget(
            Empty(
                "cohort",
                "No cohort yet",
                "The patients of the open workspace are listed here, on every page.",
                (push("Open a folder", lambda: ask("workspace.open"), icon="open"),),
            )
        )
        head = column_box(gap=SIZES.s, margins=(SIZES.m, SIZES.m, SIZES.m, SIZES.s))
        for part in (self.search, self.target, self.chips):
            head.addWidget(part)
        foot = named(QFrame(), "list_foot")
        line = column_box(foot, margins=(SIZES.m, SIZES.s, SIZES.m, SIZES.s))
        line.addWidget(self.foot)
        whole = column_box(self)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)
        whole.addWidget(foot)
