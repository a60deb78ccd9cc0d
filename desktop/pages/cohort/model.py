"""The lines of a cohort table for Qt: rows of patients or scans, and headings of groups."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop import theme
from desktop.cohort_arranging import Heading
from desktop.cohort_list_rows import COLOR, PICTURE, ROW, described
from desktop.cohort_table import AnyRow, Column
from desktop.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
Colors = Callable[[str, str], str]
Line = AnyRow | Heading
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
KIND = Qt.ItemDataRole.UserRole + 10
EDITABLE = ("label", "covariate", "role", "visit")


class CohortModel(QAbstractTableModel):
    """Lines as they are given. `typed(row, column, value)` when a cell was edited, `sort_wanted(column, descending)`.

    What was typed shows at once; whoever listens sees to it that it becomes so.
    """

    typed = Signal(object, object, str)
    sort_wanted = Signal(int, bool)

    def __init__(self, colors: Colors, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._colors = colors
        self._places: dict[str | int, int] | None = None
        self._typed: dict[tuple[str | int, str], str] = {}
        self.lines: Sequence[Line] = ()
        self.columns: tuple[Column, ...] = ()

    @property
    def rows(self) -> list[AnyRow]:
        """The rows shown, from the top, without headings."""
        return [line for line in self.lines if not isinstance(line, Heading)]

    @property
    def has_headings(self) -> bool:
        """Whether the rows are grouped."""
        return bool(self.lines) and isinstance(self.lines[0], Heading)

    def color(self, column: Column, name: str) -> str:
        """The colour of a class of a label's column."""
        return self._colors(column.name, name)

    def show_lines(self, lines: Sequence[Line], columns: tuple[Column, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._become(lines, columns)
        self.endResetModel()

    def renew(self, lines: Sequence[Line], columns: tuple[Column, ...]) -> None:
        """Show the same lines with other values."""
        places = self._places
        self._become(lines, columns)
        self._places = places
        if lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(columns) - 1))

    def forget_typed(self) -> None:
        """What was typed did not become so."""
        self._typed.clear()

    def row_of(self, key: str | int | None) -> int:
        """Where a patient, or a scan, is in the table, or -1."""
        if self._places is None:
            self._places = {line.key: place for place, line in enumerate(self.lines)}
        return -1 if key is None else self._places.get(key, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.lines[index.row()] if index.isValid() else None
        if line is None or isinstance(line, Heading):
            return Qt.ItemFlag.ItemIsEnabled
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if may_edit(line, self.columns[index.column()]) else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role == ROW:
            return line
        if isinstance(line, Heading):
            return f"{line.title}: {line.value}" if role == Qt.ItemDataRole.DisplayRole and not index.column() else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._hover(line, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.kind == "number" else None
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(theme.current().muted) if line.excluded else None
            case _:
                return self._painted(line, column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, column = self.lines[index.row()], self.columns[index.column()]
        if isinstance(line, Heading) or role != Qt.ItemDataRole.EditRole or value == self._text(line, column):
            return False
        self._typed[line.key, column.key] = value
        self.dataChanged.emit(index, index)
        self.typed.emit(line, column, value)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return f"{column.tip or column.title}\nClick: sort. Right click: more."
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.kind == "number" else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sort_wanted.emit(column, order == Qt.SortOrder.DescendingOrder)

    def _become(self, lines: Sequence[Line], columns: tuple[Column, ...]) -> None:
        self.lines, self.columns, self._places = lines, columns, None
        self._typed.clear()

    def _text(self, row: AnyRow, column: Column) -> str:
        if self._typed:
            typed = self._typed.get((row.key, column.key))
            return column.text(row) if typed is None else typed
        return column.text(row)

    def _hover(self, row: AnyRow, column: Column) -> str:
        if column.kind == "certificate" and row.warnings:
            return "\n".join(row.warnings)
        return described(row, self._thumbnails.trouble(row.motif))

    def _painted(self, row: AnyRow, column: Column, role: int) -> Any:
        if role == PICTURE:
            return self._thumbnails.of(row.motif)
        if role == KIND:
            return column.kind
        return self._colors(column.name, self._text(row, column)) if role == COLOR else None


def may_edit(row: AnyRow, column: Column) -> bool:
    """Whether a cell is one thing that can be typed: not where scans of a patient differ in role or visit."""
    if column.field == "role":
        return len(row.roles) == 1
    if column.field == "visit":
        return len(row.visits) <= 1
    return column.field in EDITABLE
