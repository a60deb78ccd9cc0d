"""The table of patients: virtual, sortable, several rows selectable."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.cohort_rows import PatientRow
from desktop.cohort_table import Column, spread
from desktop.pages.cohort.model import CohortModel
from desktop.pages.cohort.painter import CELL_MARGIN, THUMBNAIL, CellPainter
from desktop.theme import SIZES
from desktop.widgets.marks import MARK, badges_width, caption_font

ROW_HEIGHT = 36
LEAST = 48
LEAST_ROLES = 96
MOST = 200
ROOM_FOR_NOTES = 120
MEASURED = 300
EXTRA = {
    "patient": THUMBNAIL + SIZES.s,
    "class": SIZES.dot + SIZES.s,
    "notes": MARK + SIZES.s,
    "certificate": MARK + SIZES.xs,
}
Flag = QItemSelectionModel.SelectionFlag


class CohortTable(QTableView):
    """Qt's table with our rows and manners."""

    def __init__(self, model: CohortModel) -> None:
        super().__init__()
        self._fitting: list[int] = []
        self._laying = False
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setObjectName("cohort_table")
        self.setAccessibleName("Cohort")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsMovable(True)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._repaint)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    def fit_columns(self) -> None:
        """Give every column the width of its first few hundred cells."""
        model = self.model()
        assert isinstance(model, CohortModel)
        self._fitting = [self._fit(model, column) for column in model.columns]
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _repaint(self, *_: object) -> None:
        self.viewport().update()

    def _resized(self, *_: object) -> None:
        """Widths drawn by hand stay as they are."""
        if not self._laying:
            self._fitting = []

    def _fit(self, model: CohortModel, column: Column) -> int:
        cells = max((self._width(column, row) for row in model.rows[:MEASURED]), default=0)
        return max(LEAST, self._head_width(column), min(cells, MOST))

    def _make_room(self) -> None:
        """Spread the columns over the table, the notes over what is left.

        Where all else fits but the notes do not, marks and tooltips tell them.
        """
        self._laying = True
        room = self.viewport().width()
        for place, width in enumerate(spread(self._giving_way(room), room - ROOM_FOR_NOTES)):
            self.setColumnWidth(place, width)
        self._place_notes()
        self._laying = False

    def _giving_way(self, room: int) -> list[int]:
        """The fitting widths without the notes; the roles, whose badges can be counted, give way to the others."""
        model, widths = self.model(), list(self._fitting[:-1])
        assert isinstance(model, CohortModel)
        roles = next((place for place, column in enumerate(model.columns[:-1]) if column.kind == "roles"), -1)
        if widths and roles >= 0:
            widths[roles] = max(min(LEAST_ROLES, widths[roles]), widths[roles] - max(0, sum(widths) - room))
        return widths

    def _place_notes(self) -> None:
        head, room = self.horizontalHeader(), self.viewport().width()
        notes = head.count() - 1
        others = sum(self.columnWidth(place) for place in range(notes))
        hidden = others <= room < others + ROOM_FOR_NOTES
        self.setColumnHidden(notes, hidden)
        if hidden:
            self._widen_roles(room - others)
        self.setColumnWidth(notes, max(ROOM_FOR_NOTES, room - others))

    def _widen_roles(self, spare: int) -> None:
        model = self.model()
        assert isinstance(model, CohortModel)
        for place, column in enumerate(model.columns):
            if column.kind == "roles":
                self.setColumnWidth(place, self.columnWidth(place) + spare)

    def _head_width(self, column: Column) -> int:
        font = caption_font(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(column.title) + 2 * CELL_MARGIN + SIZES.xs

    def _width(self, column: Column, row: PatientRow) -> int:
        if column.kind == "roles":
            words = badges_width(self.font(), row.roles[:3])
        else:
            words = self.fontMetrics().horizontalAdvance(column.text(row))
        return words + EXTRA.get(column.kind, 0) + 2 * CELL_MARGIN + SIZES.xs

    def selected_keys(self) -> list[str]:
        """The patients of the selected rows, from the top."""
        model = self.model()
        assert isinstance(model, CohortModel)
        return [model.rows[row].key for row in sorted(index.row() for index in self.selectionModel().selectedRows())]

    def select_keys(self, keys: list[str]) -> None:
        """Select the rows of these patients, as far as they are shown."""
        model = self.model()
        assert isinstance(model, CohortModel)
        rows = [row for row in map(model.row_of, keys) if row >= 0]
        wanted = QItemSelection()
        for row in rows:
            wanted.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
        self.selectionModel().select(wanted, Flag.ClearAndSelect)

    def go_to(self, row: int) -> None:
        """Make a row the current one and select it alone, unless it is among the selected ones; -1 is none."""
        index = self.model().index(row, 0)
        chooser = self.selectionModel()
        if not index.isValid():
            chooser.clear()
            return
        if chooser.isRowSelected(row):
            chooser.setCurrentIndex(index, Flag.NoUpdate)
        else:
            chooser.setCurrentIndex(index, Flag.ClearAndSelect | Flag.Rows)
        self.scrollTo(index)
