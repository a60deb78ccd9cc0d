"""What each column of the label table is for: guessed, shown with examples, changed by a click."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem, QTableView, QWidget

from desktop.pages.found.cells import LOOK, TONE, CellPainter, as_small_table
from desktop.pages.found.column_rows import KEYS, ONE_EACH, ColumnRow
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import Elided

if TYPE_CHECKING:
    from engine.cohort.intake.plan import ColumnUse

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
HEADS = ("Column", "Used as", "Holds", "For example", "Scans")
USE, EXAMPLES, SCANS = 1, 3, 4
WIDTHS = (150, 184, 150, 236, 110)
USES: "dict[ColumnUse, str]" = {
    "file": "File of the scan",
    "patient": "Patient",
    "label": "Label to predict",
    "covariate": "Covariate",
    "role": "Role of the scan",
    "visit": "Visit",
    "ignore": "Not taken",
}
TOLD = "{name}: a row per scan or patient. Click what a column is used as to change it."


class ColumnsView(QWidget):
    """`changed` as a column becomes of another use; `uses` are those the user chose for the table that is shown."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._table: Path | None = None
        self.uses: dict[str, ColumnUse] = {}
        self.model = ColumnsModel()
        self.table = QTableView()
        self.told = Elided("", tone="muted")
        self.table.setModel(self.model)
        as_small_table(self.table, "Columns of the label table")
        self.table.setItemDelegate(UseChooser(self.table))
        for place, width in enumerate(WIDTHS):
            self.table.setColumnWidth(place, width)
        self.table.clicked.connect(self._clicked)
        self.model.chosen.connect(self._choose)
        column = column_box(self, gap=SIZES.s)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)

    def begin(self) -> None:
        """Nothing is chosen any more."""
        self._table, self.uses = None, {}

    def show_columns(self, table: Path | None, rows: Sequence[ColumnRow]) -> None:
        """Show the columns of a table; another table than before has nothing chosen."""
        if table is not None and table != self._table:
            self.uses = {} if self._table is not None else self.uses
            self._table = table
        self.told.setText(TOLD.format(name=table.name) if table is not None else "")
        self.model.show_rows(tuple(rows))

    def _choose(self, name: str, use: "ColumnUse") -> None:
        """There is one column of files, of patients, of roles and of visits: the one before gives way."""
        before = [row.name for row in self.model.rows if use in ONE_EACH and row.use == use and row.name != name]
        others = dict.fromkeys(before, "ignore")
        self.uses = {**self.uses, **others, name: use}  # type: ignore[dict-item]
        self.changed.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == USE:
            self.table.edit(index)


class ColumnsModel(QAbstractTableModel):
    """`chosen(name, use)` where somebody wants another use; the rows change when the preview says so."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ColumnRow, ...] = ()

    def show_rows(self, rows: tuple[ColumnRow, ...]) -> None:
        """Show other columns; the same ones are changed in place, so that nothing jumps."""
        same = [row.name for row in rows] == [row.name for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if index.column() == USE else Qt.ItemFlag(0))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return (row.name, USES[row.use], row.kind, row.examples, _scans(row))[column]
        if role == Role.EditRole:
            return row.use
        if role == TONE:
            return _tone(row, column)
        return "choice" if role == LOOK and column == USE else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid() or value == self.rows[index.row()].use:
            return False
        self.chosen.emit(self.rows[index.row()].name, value)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        return HEADS[section] if role == Role.DisplayRole else None


class UseChooser(CellPainter):
    """Offers the uses in place; choosing one is enough."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QComboBox(parent)
        for use, words in USES.items():
            box.addItem(words, use)
        box.setCurrentIndex(box.findData(index.data(Role.EditRole)))
        box.activated.connect(lambda _: self._take(box))
        return box

    def _take(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            QTimer.singleShot(0, editor, editor.showPopup)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QComboBox) and isinstance(model, ColumnsModel):
            model.setData(index, editor.currentData())


def _scans(row: ColumnRow) -> str:
    if row.use == "ignore":
        return ""
    return f"{row.scans:,} of {row.of:,}".replace(",", "\u2009")


def _tone(row: ColumnRow, column: int) -> str:
    if row.use == "ignore":
        return "muted"
    if column == SCANS:
        return "warn" if row.use in KEYS and not row.scans else "text"
    return "text" if column <= USE else "muted"
