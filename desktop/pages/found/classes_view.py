"""What the cohort is to call the classes of a source: typed, merged by the same name, left out, near ones proposed."""

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from desktop.pages.found.cells import LOOK, TONE, CellPainter, as_small_table
from desktop.pages.found.class_rows import ClassRow, Counts, class_rows
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
HEADS = ("", "Label", "In the source", "Scans", "In the cohort", "")
TICK, SCANS, NAME, NOTE = 0, 3, 4, 5
WIDTHS = (40, 130, 210, 90, 220, 200)
TOLD = "Type the same name twice to make one class of two. Classes that are not ticked give no label."


class ClassesView(QWidget):
    """`changed` as a class is called otherwise; `classes` are the names the user gave, as an import plan has them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.classes: dict[str, dict[str, str]] = {}
        self._counts: Counts = {}
        self._known: Mapping[str, Collection[str]] = {}
        self.model = ClassesModel()
        self.table = QTableView()
        self.told = Elided(TOLD, tone="muted")
        self.near = push("", self.take_near, tip="Call each by the name that it nearly has")
        self._build()

    def begin(self) -> None:
        """Nothing is called otherwise any more."""
        self.classes = {}

    def show_classes(self, counts: Counts, known: Mapping[str, Collection[str]]) -> None:
        """Show the classes of the source, and offer those of the cohort."""
        self._counts, self._known = counts, known
        self._show()

    def call(self, row: ClassRow, name: str) -> None:
        """Have a class called so in the cohort; an empty name leaves it out."""
        names = {**self.classes.get(row.column, {}), row.source: name.strip()}
        if names[row.source] == row.source:
            del names[row.source]
        self.classes = {**self.classes, row.column: names}
        self._show()
        self.changed.emit()

    def take_near(self) -> None:
        """Take every proposal."""
        for row in self.model.rows:
            if row.near:
                self.call(row, row.near)

    def _show(self) -> None:
        rows = class_rows(self._counts, self.classes, self._known)
        self.model.show_rows(rows)
        near = [row for row in rows if row.near]
        self.near.setVisible(bool(near))
        first = f"“{near[0].name}” → “{near[0].near}”" if near else ""
        self.near.setText(f"Call {first}" if len(near) == 1 else f"Take {len(near)} near spellings: {first}, …")
        self.table.setColumnHidden(1, len(self._counts) < 2)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if index.column() == TICK:
            self.call(row, "" if row.name else row.source)
        elif index.column() == NOTE and row.near:
            self.call(row, row.near)
        elif index.column() == NAME:
            self.table.edit(index)

    def _build(self) -> None:
        self.table.setModel(self.model)
        as_small_table(self.table, "Classes of the source")
        self.table.setItemDelegate(NameEditor(self.table, self))
        for place, width in enumerate(WIDTHS):
            self.table.setColumnWidth(place, width)
        self.table.clicked.connect(self._clicked)
        self.model.named.connect(self.call)
        head = row_box(gap=SIZES.m)
        head.addWidget(self.told, 1)
        head.addWidget(self.near)
        column = column_box(self, gap=SIZES.s)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def offered(self, column: str) -> list[str]:
        """The names one would choose from: the cohort's classes, then those that are in use here."""
        here = [row.name for row in self.model.rows if row.column == column and row.name]
        return list(dict.fromkeys([*self._known.get(column, ()), *here]))


class ClassesModel(QAbstractTableModel):
    """`named(row, name)` where somebody wants another name."""

    named = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ClassRow, ...] = ()

    def show_rows(self, rows: tuple[ClassRow, ...]) -> None:
        """Show other classes; the same ones are changed in place."""
        same = [(row.column, row.source) for row in rows] == [(row.column, row.source) for row in self.rows]
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
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if index.column() == NAME else Qt.ItemFlag(0))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return ("", row.column, row.source, f"{row.scans:,}".replace(",", "\u2009"), row.name, note(row))[column]
        if role == Role.EditRole:
            return row.name
        if role == Role.CheckStateRole and column == TICK:
            return Qt.CheckState.Checked if row.name else Qt.CheckState.Unchecked
        if role == TONE:
            return "muted" if not row.name or (column == NOTE and not row.near) else None
        return {TICK: "tick", NAME: "words", NOTE: "link" if row.near else ""}.get(column) if role == LOOK else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid() or value == self.rows[index.row()].name:
            return False
        self.named.emit(self.rows[index.row()], str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        return HEADS[section] if role == Role.DisplayRole else None


class NameEditor(CellPainter):
    """A field that offers the names there are."""

    def __init__(self, table: QTableView, view: ClassesView) -> None:
        super().__init__(table)
        self._view = view

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = QLineEdit(parent)
        names = QCompleter(self._view.offered(self._view.model.rows[index.row()].column), field)
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(names)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Role.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QLineEdit) and isinstance(model, ClassesModel):
            model.setData(index, editor.text())


def note(row: ClassRow) -> str:
    """What there is to say of a class in a few words."""
    if not row.name:
        return "left out"
    if row.near:
        return f"Call it “{row.near}”?"
    if row.merged:
        return f"one class with {', '.join(row.merged)}"
    return "in the cohort already" if row.there else ""
