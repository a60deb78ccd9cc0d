"""The pivot of head counts as a table: classes with their dots, sums at the right and below."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop import theme
from desktop.cohort_rows import counted
from desktop.pages.cohort.counts.counting import Counts
from desktop.theme import SIZES
from desktop.widgets.chips import dot_icon
from engine.cohort.counting.count_table import NONE
from engine.cohort.counting.head_counts import Axis, Count

Index = QModelIndex | QPersistentModelIndex
IN_ALL, OUT = "In all", "Excluded"
MOST_ROWS = 16


class CountModel(QAbstractTableModel):
    """The first column names the row; then a column per value, the sum, and who is excluded."""

    def __init__(self, color: Callable[[str, str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counts: Counts | None = None
        self.scans = False
        self._color = color

    def show_counts(self, counts: Counts, *, scans: bool) -> None:
        """Show these, as patients or as scans."""
        self.beginResetModel()
        self.counts, self.scans = counts, scans
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self.counts is None or parent.isValid() else len(self.counts.pivot.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self.counts is None or parent.isValid() else len(self._across()) + 3

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal or self.counts is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        wish = self.counts.wish
        first = wish.target.capitalize() if wish.rows == "label" and wish.target else wish.rows.capitalize()
        shown = [first, *(named(value, wish.columns or wish.rows) for value in self._across()), IN_ALL, OUT]
        return shown[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.counts is None:
            return None
        if index.column() == 0:
            return self._head(index.row(), role)
        count = self.count_at(index.row(), index.column())
        number = self._number(count, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{number:,}".replace(",", "\u2009") if number else "–"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and (not number or self._is_out(index.column())):
            return QColor(theme.current().muted)
        if role == Qt.ItemDataRole.FontRole and self._is_sum(index):
            return strong()
        return told(count) if role == Qt.ItemDataRole.ToolTipRole else None

    def count_at(self, row: int, column: int) -> Count:
        """The count of a cell; sums are in the last row and the last two columns."""
        assert self.counts is not None
        pivot, across = self.counts.pivot, self._across()
        last = row == len(pivot.rows)
        if column > len(across):
            return pivot.total if last else pivot.row_sums.get(pivot.rows[row], Count())
        value = across[column - 1]
        return pivot.column_sums.get(value, Count()) if last else pivot.cell(pivot.rows[row], value)

    def _head(self, row: int, role: int) -> Any:
        assert self.counts is not None
        if row == len(self.counts.pivot.rows):
            return {Qt.ItemDataRole.DisplayRole: IN_ALL, Qt.ItemDataRole.FontRole: strong()}.get(Qt.ItemDataRole(role))
        value, axis = self.counts.pivot.rows[row], self.counts.wish.rows
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return named(value, axis)
        if role == Qt.ItemDataRole.DecorationRole and axis == "label":
            return dot_icon(self._color(self.counts.wish.target, value), not value)
        return QColor(theme.current().muted) if role == Qt.ItemDataRole.ForegroundRole and not value else None

    def _across(self) -> tuple[str, ...]:
        if self.counts is None or self.counts.wish.columns is None:
            return ()
        return self.counts.pivot.columns

    def _number(self, count: Count, column: int) -> int:
        if self._is_out(column):
            return count.scans_out if self.scans else count.patients_out
        return count.scans if self.scans else count.patients

    def _is_out(self, column: int) -> bool:
        return column == len(self._across()) + 2

    def _is_sum(self, index: Index) -> bool:
        return index.row() == self.rowCount() - 1 or index.column() == len(self._across()) + 1


class CountTable(QTableView):
    """As high as its rows, up to a height at which it scrolls."""

    def __init__(self, model: CountModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName("Head counts")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(SIZES.dot, SIZES.dot))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(SIZES.row - 2)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Give the first column what the others leave, but never less than its names need."""
        self.setFixedHeight(wanted_height(self, MOST_ROWS))
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        for column in range(self.model().columnCount()):
            header.setSectionResizeMode(column, mode.ResizeToContents if column else mode.Interactive)
        others = sum(header.sectionSize(column) for column in range(1, self.model().columnCount()))
        needed = max(self.sizeHintForColumn(0), header.sectionSizeHint(0)) if header.count() else 0
        self.setColumnWidth(0, max(needed, self.viewport().width() - others))
        self.setFixedHeight(wanted_height(self, MOST_ROWS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


def wanted_height(table: QTableView, most: int) -> int:
    """That of the heading and all rows, but of no more than `most`."""
    row = table.verticalHeader().defaultSectionSize()
    rows = min(most, table.model().rowCount())
    across = sum(table.columnWidth(column) for column in range(table.model().columnCount()))
    bar = table.horizontalScrollBar().sizeHint().height() if across > table.viewport().width() else 0
    return table.horizontalHeader().sizeHint().height() + rows * row + 2 * table.frameWidth() + 2 + bar


def named(value: str, axis: Axis) -> str:
    """A value as people call it, also where there is none."""
    return value or NONE[axis].capitalize()


def told(count: Count) -> str:
    """A count in words."""
    words = f"{counted(count.patients, 'patient')}, {counted(count.scans, 'scan')}"
    if not count.patients_out and not count.scans_out:
        return words
    out = f"{counted(count.patients_out, 'patient')}, {counted(count.scans_out, 'scan')}"
    return f"{words}\nExcluded, or failed and not accepted: {out}"


def strong() -> QFont:
    """The font of sums."""
    font = QFont()
    font.setPixelSize(SIZES.body)
    font.setBold(True)
    return font
