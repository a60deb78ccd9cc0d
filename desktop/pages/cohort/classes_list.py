"""The classes of a label in a list: renamed in place, dragged into another order, or dragged onto one another."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop import theme
from desktop.cohort_rows import HeadCount, counted
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.chips import dot_icon
from desktop.widgets.marks import caption_font

NAME = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
ROW = 34
Position = QAbstractItemView.DropIndicatorPosition


class WithCount(QStyledItemDelegate):
    """A class with its head count at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(caption_font(option.font))
        painter.setPen(QColor(theme.current().muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(option.rect.adjusted(0, 0, -SIZES.m, 0), right, index.data(COUNT))
        painter.restore()


class ClassesList(QListWidget):
    """`renamed(old, new)`, `merged(names, into)`, `moved(names in their new order)`."""

    renamed = Signal(str, str)
    merged = Signal(list, str)
    moved = Signal(list)

    def __init__(self, session: Session, column: str) -> None:
        super().__init__()
        self._session, self._column = session, column
        self.setAccessibleName("Classes")
        self.setIconSize(QSize(SIZES.dot, SIZES.dot))
        self.setItemDelegate(WithCount(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        self.itemChanged.connect(self._changed)

    def show_counts(self, names: Sequence[str], counts: Sequence[HeadCount]) -> None:
        """List the classes in their order with their head counts."""
        known = {count.name: count for count in counts}
        kept = set(self.chosen())
        self.blockSignals(True)
        self.clear()
        for name in names:
            count = known.get(name)
            self.addItem(self._item(name, count))
            self.item(self.count() - 1).setSelected(name in kept)
        self.blockSignals(False)

    def names(self) -> list[str]:
        """The classes as they are listed."""
        return [self.item(place).data(NAME) for place in range(self.count())]

    def chosen(self) -> list[str]:
        """The selected classes, from the top."""
        return [self.item(place).data(NAME) for place in range(self.count()) if self.item(place).isSelected()]

    def move_chosen(self, by: int) -> None:
        """Move the selected classes one place up or down."""
        names, chosen = self.names(), self.chosen()
        for name in chosen if by < 0 else chosen[::-1]:
            place = names.index(name)
            other = place + by
            if 0 <= other < len(names) and names[other] not in chosen:
                names[place], names[other] = names[other], names[place]
        if names != self.names():
            self.moved.emit(names)

    def dropEvent(self, event: QDropEvent) -> None:
        """Onto a class: merge into it. Between two: another order."""
        target = self.itemAt(event.position().toPoint())
        chosen = self.chosen()
        if self.dropIndicatorPosition() == Position.OnItem and target is not None:
            into = target.data(NAME)
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            if into not in chosen:
                self.merged.emit([*chosen, into], into)
            return
        before = self.names()
        super().dropEvent(event)
        if self.names() != before:
            self.moved.emit(self.names())

    def _item(self, name: str, count: HeadCount | None) -> QListWidgetItem:
        made = QListWidgetItem(dot_icon(self._session.class_color(self._column, name)), name)
        patients, scans = (count.patients, count.scans) if count is not None else (0, 0)
        made.setData(NAME, name)
        made.setFlags(made.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled)
        made.setToolTip(f"{name}: {patients} patients, {scans} scans")
        made.setData(COUNT, counted(patients, "patient"))
        made.setSizeHint(QSize(0, ROW))
        return made

    def _changed(self, item: QListWidgetItem) -> None:
        old, new = item.data(NAME), item.text().strip()
        if not new or new == old:
            self.blockSignals(True)
            item.setText(old)
            self.blockSignals(False)
        elif new in self.names():
            self.merged.emit([old, new], new)
        else:
            self.renamed.emit(old, new)
