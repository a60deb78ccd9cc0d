"""The table of patients or scans: virtual, sortable, several rows selectable, cells that can be typed into."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.cohort_arranging import Heading
from desktop.cohort_table import AnyRow
from desktop.pages.cohort.cells import Cells
from desktop.pages.cohort.columns_fit import ColumnsFit
from desktop.pages.cohort.headings import draw_heading
from desktop.pages.cohort.model import CohortModel

ROW_HEIGHT = 36
FOLDS = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
Flag = QItemSelectionModel.SelectionFlag
Hint = QAbstractItemDelegate.EndEditHint
Edit = QAbstractItemView.EditTrigger


class CohortTable(QTableView):
    """Qt's table with our rows and manners. `folding(value, folded)` when a heading is to be folded or not."""

    folding = Signal(str, object)
    editing_ended = Signal()

    def __init__(self, model: CohortModel, name: str) -> None:
        super().__init__()
        self.lines = model
        self.folded: set[str] = set()
        self.setModel(model)
        self.cells = Cells(self)
        self.setItemDelegate(self.cells)
        self.setObjectName("cohort_table")
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(Edit.DoubleClicked | Edit.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(False)
        self._set_headers()
        self.fitting = ColumnsFit(self)
        self.selectionModel().currentRowChanged.connect(self._repaint)

    def fit_columns(self) -> None:
        """Give every column the width of its first few hundred cells."""
        self.fitting.fit()

    @property
    def is_editing(self) -> bool:
        """Whether somebody types into a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fitting.make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.lines.lines and self.lines.has_headings:
            self._paint_headings()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        line = self._line(self.rowAt(event.position().toPoint().y()))
        if isinstance(line, Heading) and event.button() == Qt.MouseButton.LeftButton:
            self.folding.emit(line.value, line.value not in self.folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._line(self.currentIndex().row())
        if isinstance(line, Heading) and event.key() in (*FOLDS, Qt.Key.Key_Space):
            self.folding.emit(line.value, FOLDS.get(Qt.Key(event.key()), line.value not in self.folded))
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Tab goes on to the next cell that can be typed into, in this row or the next."""
        forward = {Hint.EditNextItem: 1, Hint.EditPreviousItem: -1}.get(hint)
        here = self.currentIndex()
        super().closeEditor(editor, Hint.NoHint if forward else hint)
        if forward:
            following = self._next_cell(here, forward)
            if following.isValid():
                self.setCurrentIndex(following)
                self.edit(following)
        if not self.is_editing:
            self.editing_ended.emit()

    def selected_rows(self) -> list[AnyRow]:
        """The selected rows, from the top."""
        lines = self.lines.lines
        chosen = [line for first, last in self._spans() for line in lines[first : last + 1]]
        return [line for line in chosen if not isinstance(line, Heading)]

    def selected_count(self) -> int:
        """How many lines are selected; headings count as one that is none only where rows are grouped."""
        if self.lines.has_headings:
            return len(self.selected_rows())
        return sum(last - first + 1 for first, last in self._spans())

    def selected_keys(self) -> list[str | int]:
        """The keys of the selected rows, from the top."""
        return [row.key for row in self.selected_rows()]

    def select_keys(self, keys: Iterable[str | int]) -> None:
        """Select the rows of these keys, as far as they are shown."""
        rows = sorted(row for row in map(self.lines.row_of, keys) if row >= 0)
        wanted = QItemSelection()
        last_column = self.lines.columnCount() - 1
        for first, last in _runs(rows):
            wanted.select(self.lines.index(first, 0), self.lines.index(last, last_column))
        self.selectionModel().select(wanted, Flag.ClearAndSelect)

    def go_to(self, row: int) -> None:
        """Make a row the current one and select it alone, unless it is among the selected ones; -1 is none."""
        column = max(0, self.currentIndex().column())
        index = self.lines.index(row, column)
        chooser = self.selectionModel()
        if not index.isValid():
            chooser.clear()
            return
        if chooser.isRowSelected(row):
            chooser.setCurrentIndex(index, Flag.NoUpdate)
        else:
            chooser.setCurrentIndex(index, Flag.ClearAndSelect | Flag.Rows)
        self.scrollTo(index)

    def hold(self, row: int, column: int) -> None:
        """Put the keyboard at a cell without selecting anything."""
        self.selectionModel().setCurrentIndex(self.lines.index(row, column), Flag.NoUpdate)

    def _spans(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        spans = (selection.at(place) for place in range(selection.size()))
        return _merged(sorted({(span.top(), span.bottom()) for span in spans if span.isValid()}))

    def _line(self, row: int) -> object:
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def _next_cell(self, here: QModelIndex, by: int) -> QModelIndex:
        header, many = self.horizontalHeader(), self.lines.columnCount()
        row, place = here.row(), header.visualIndex(here.column())
        for _ in range(2 * many):
            place += by
            if not 0 <= place < many:
                row, place = row + by, 0 if by > 0 else many - 1
            column = header.logicalIndex(place)
            index = self.lines.index(row, column)
            if not index.isValid():
                break
            if not self.isColumnHidden(column) and index.flags() & Qt.ItemFlag.ItemIsEditable:
                return index
        return QModelIndex()

    def _paint_headings(self) -> None:
        painter = QPainter(self.viewport())
        top, height = self.rowAt(0), self.viewport().height()
        for row in range(max(0, top), len(self.lines.lines)):
            y = self.rowViewportPosition(row)
            if y > height:
                break
            line = self.lines.lines[row]
            if isinstance(line, Heading):
                box = QRect(0, y, self.viewport().width(), self.rowHeight(row))
                current = self.hasFocus() and self.currentIndex().row() == row
                draw_heading(painter, box, line, self.lines, folded=line.value in self.folded, current=current)
        painter.end()

    def _repaint(self, *_: object) -> None:
        self.viewport().update()

    def _set_headers(self) -> None:
        """The head is told of no selection: to paint a column as selected it would go through every row of it."""
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSelectionModel(QItemSelectionModel(self.lines, self))
        head.setSectionsMovable(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as first and last."""
    return _merged([(row, row) for row in rows])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    runs = list[tuple[int, int]]()
    for first, last in spans:
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs
