"""The table of found scans for Qt: it asks `rows` for texts, and the choice for ticks."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.cohort_list_rows import PICTURE, ROW
from desktop.pages.found.arranging import FOUND_ORDER, Arranged, Order
from desktop.pages.found.choice import Choice
from desktop.pages.found.rows import Column, FoundRow, Names, columns_of
from desktop.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
KIND = Role.UserRole + 10
UNDER = Role.UserRole + 11
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FoundModel(QAbstractTableModel):
    """Rows as they are given; `ticked` when the choice became another, `reordered` when another order is wanted."""

    ticked = Signal()
    reordered = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._choice: Choice | None = None
        self.names: Names = {}
        self.rows: tuple[FoundRow, ...] = ()
        self.columns: tuple[Column, ...] = ()
        self.order: Order = FOUND_ORDER
        self._places: Mapping[int, int] = {}

    def show_rows(self, made: Arranged, choice: Choice | None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._choice = choice
        self.columns, self.rows, self._places = made.columns, made.shown, made.places
        self.endResetModel()

    def show_order(self, made: Arranged) -> None:
        """The same rows in another order; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.rows[index.row()].key for index in before]
        self.rows, self._places = made.shown, made.places
        after = [self.index(self._places[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def name_patients(self, names: Names) -> None:
        """Say whose the scans are, without moving any row."""
        self.names = names
        self.columns = columns_of(self.rows, names) if not self.columns else _renamed(self.columns, names)
        self._all_changed()

    def want(self, rows: Sequence[FoundRow], *, wanted: bool) -> None:
        """Tick rows, or untick them."""
        if self._choice is not None and rows:
            self._choice.want([row.scan for row in rows], wanted=wanted)
            self._all_changed()
            self.ticked.emit()

    def wants(self, row: FoundRow) -> bool:
        return self._choice is None or self._choice.wants(row.scan)

    def comes(self, row: FoundRow) -> bool:
        """Whether a scan would be in the cohort: it is ticked, and some patient has it."""
        return self.wants(row) and (not self.names or row.key in self.names)

    def row_of(self, key: int | None) -> int:
        """Where a scan is in the table, or -1."""
        return -1 if key is None else self._places.get(key, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | (Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else Qt.ItemFlag(0))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        match role:
            case Role.DisplayRole | Role.ToolTipRole if column.kind != "tick":
                return column.text(row) if role == Role.DisplayRole else self._hover(row, column)
            case Role.CheckStateRole if column.kind == "tick":
                return Qt.CheckState.Checked if self.wants(row) else Qt.CheckState.Unchecked
            case Role.AccessibleDescriptionRole:
                return self._hover(row, column)
            case _:
                return self._painted(row, column, role)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or not index.isValid():
            return False
        self.want([self.rows[index.row()]], wanted=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        said = {Role.DisplayRole: column.title, Role.ToolTipRole: column.tip or column.title}
        return LEFT if role == Role.TextAlignmentRole else said.get(Role(role))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order. The ticks' column means: as they were found."""
        if 0 <= column < len(self.columns):
            self.order = (self.columns[column].title, order == Qt.SortOrder.DescendingOrder)
            self.reordered.emit()

    def _all_changed(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def _hover(self, row: FoundRow, column: Column) -> str:
        doubts = [f"{doubt.text}: {doubt.action}" for doubt in row.scan.doubts]
        if column.kind == "certificate" and doubts:
            return "\n".join(doubts)
        trouble = self._thumbnails.trouble(row.motif)
        lines = [column.text(row), column.under(row), row.place, f"No picture: {trouble}" if trouble else ""]
        return "\n".join(dict.fromkeys(filter(None, lines)))

    def _painted(self, row: FoundRow, column: Column, role: int) -> Any:
        if role == ROW:
            return row
        if role == PICTURE:
            return self._thumbnails.of(row.motif)
        if role == UNDER:
            return column.under(row)
        return column.kind if role == KIND else None


def _renamed(columns: tuple[Column, ...], names: Names) -> tuple[Column, ...]:
    patient = next(column for column in columns_of((), names) if column.kind == "patient")
    return tuple(patient if column.kind == "patient" else column for column in columns)
