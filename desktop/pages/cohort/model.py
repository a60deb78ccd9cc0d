"""The cohort table for Qt: it asks `desktop.cohort_table` for everything."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop import theme
from desktop.cohort_list_rows import COLOR, PICTURE, ROW, described
from desktop.cohort_rows import PatientRow
from desktop.cohort_table import Column, columns_of, ordered
from desktop.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
Colors = Callable[[str, str], str]
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
KIND = Qt.ItemDataRole.UserRole + 10


class CohortModel(QAbstractTableModel):
    """Rows as they are given, in the order the user asked for."""

    def __init__(self, colors: Colors, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._colors = colors
        self.rows: tuple[PatientRow, ...] = ()
        self.columns: tuple[Column, ...] = columns_of(())
        self._sorted_by = (0, False)

    def show_rows(self, rows: Sequence[PatientRow], columns: tuple[Column, ...]) -> None:
        """Show other rows, in the present order."""
        self.beginResetModel()
        self.columns = columns
        self.rows = self._in_order(rows)
        self.endResetModel()

    def row_of(self, key: str | None) -> int:
        """Where a patient is in the table, or -1."""
        return next((i for i, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return self._hover(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.kind == "number" else None
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(theme.current().muted) if row.excluded else None
            case _:
                return self._painted(row, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip or column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.kind == "number" else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.rows[index.row()].key for index in before]
        self._sorted_by = (column, order == Qt.SortOrder.DescendingOrder)
        self.rows = self._in_order(self.rows)
        places = {row.key: place for place, row in enumerate(self.rows)}
        after = [self.index(places[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self, rows: Sequence[PatientRow]) -> tuple[PatientRow, ...]:
        place, descending = self._sorted_by
        return ordered(rows, self.columns[min(max(place, 0), len(self.columns) - 1)], descending)

    def _hover(self, row: PatientRow, column: Column) -> str:
        if column.kind == "certificate" and row.warnings:
            return "\n".join(row.warnings)
        return described(row, self._thumbnails.trouble(row.motif))

    def _painted(self, row: PatientRow, column: Column, role: int) -> Any:
        if role == ROW:
            return row
        if role == PICTURE:
            return self._thumbnails.of(row.motif)
        if role == KIND:
            return column.kind
        return self._colors(column.name, column.text(row)) if role == COLOR else None
