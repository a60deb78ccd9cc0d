"""Typing into a cell of the cohort tables: the known values to choose from, or anything else."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from desktop.cohort_rows import NO_LABEL
from desktop.cohort_table import Column
from desktop.pages.cohort.model import CohortModel
from desktop.pages.cohort.painter import CellPainter

Index = QModelIndex | QPersistentModelIndex
Offer = Callable[[Column], tuple[str, ...]]


class Cells(CellPainter):
    """Paints cells, and edits them. Enter keeps what was typed, Esc leaves, Tab goes on to the next cell."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.offer: Offer = lambda column: ()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, CohortModel)
        column = model.columns[index.column()]
        made = value_box(self.offer(column), parent)
        made.setProperty("cell", True)
        made.setAccessibleName(column.title)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: what changes in the cell meanwhile does not take away what is being typed."""
        if isinstance(editor, QComboBox) and not editor.property("filled"):
            editor.setProperty("filled", True)
            words = index.data(Qt.ItemDataRole.EditRole) or ""
            editor.setEditText("" if words == NO_LABEL else words)
            line = editor.lineEdit()
            assert line is not None
            line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            value = editor.currentText().strip()
            before = index.data(Qt.ItemDataRole.EditRole)
            if value != ("" if before == NO_LABEL else before):
                model.setData(index, value, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(1, 2, -1, -2))


def value_box(offered: tuple[str, ...], parent: QWidget | None = None) -> QComboBox:
    """A box to choose one of the known values, or to type another; what is typed is completed where it can be."""
    made = QComboBox(parent)
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(list(offered))
    made.setCurrentIndex(-1)
    made.setMaxVisibleItems(14)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(4)
    completer = made.completer()
    if completer is not None:
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    line = made.lineEdit()
    assert isinstance(line, QLineEdit)
    line.setPlaceholderText("none")
    return made
