"""The shapes of a scan as a list: what each is, its name, its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTreeWidget, QTreeWidgetItem, QWidget

from desktop import icons, theme
from desktop.measuring.drawn import Drawn
from desktop.measuring.tools import TOOLS

NAME, FIGURE = range(2)
MOST_ROWS = 8
ROW = 26
KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Row:
    """A shape, its figure in words, and what there is to be said of it."""

    drawn: Drawn
    words: str
    note: str = ""


class ShapeList(QTreeWidget):
    """`wanted` tells the key of the shape that was clicked, `named` a key with its new name."""

    wanted = Signal(int)
    named = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._items: list[QTreeWidgetItem] = []
        self.setAccessibleName("Measurements")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(FIGURE, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(lambda item: self.wanted.emit(item.data(NAME, KEY)))
        self.itemActivated.connect(lambda item: self.wanted.emit(item.data(NAME, KEY)))
        self.itemChanged.connect(self._item_changed)
        theme.themed.connect(self._recolour)

    def show_rows(self, rows: Sequence[Row], selected: int | None) -> None:
        """Show these, one of them selected."""
        before, self._rows = self._rows, tuple(rows)
        self.blockSignals(True)
        if [row.drawn.key for row in before] != [row.drawn.key for row in rows]:
            self._fill()
        for item, row in zip(self._items, self._rows, strict=True):
            _write(item, row)
        self.blockSignals(False)
        self._choose(selected)

    def _fill(self) -> None:
        self.clear()
        self._items = [QTreeWidgetItem(self) for _ in self._rows]
        for item, row in zip(self._items, self._rows, strict=True):
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setSizeHint(NAME, QSize(0, ROW))
            item.setData(NAME, KEY, row.drawn.key)
            item.setTextAlignment(FIGURE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(ROW * min(max(len(self._rows), 1), MOST_ROWS) + 2 * self.frameWidth())
        self._recolour()

    def _choose(self, key: int | None) -> None:
        keys = [row.drawn.key for row in self._rows]
        self.blockSignals(True)
        if key in keys:
            self.setCurrentItem(self._items[keys.index(key)])
        else:
            self.setCurrentIndex(QModelIndex())
        self.blockSignals(False)

    def _recolour(self, *_: object) -> None:
        self.blockSignals(True)
        for item, row in zip(self._items, self._rows, strict=True):
            tool = TOOLS.get(row.drawn.shape.kind)
            item.setIcon(NAME, icons.icon(tool.icon if tool else "help", "muted"))
        self.blockSignals(False)

    def _item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == NAME:
            self.named.emit(item.data(NAME, KEY), item.text(NAME).strip())


def _write(item: QTreeWidgetItem, row: Row) -> None:
    tip = "\n".join(
        part for part in (f"{row.drawn.name}: {row.words}" if row.words else row.drawn.name, row.note) if part
    )
    for column, words in ((NAME, row.drawn.name), (FIGURE, row.words)):
        if item.text(column) != words:
            item.setText(column, words)
        item.setToolTip(column, tip)
