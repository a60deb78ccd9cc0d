"""Cells of the small tables of the found page: words, ticks, and boxes that say they can be changed."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop import theme
from desktop.pages.found.painter import CELL_MARGIN, paint_ground, paint_tick
from desktop.theme import SIZES

Index = QModelIndex | QPersistentModelIndex
TONE = Qt.ItemDataRole.UserRole + 20
LOOK = Qt.ItemDataRole.UserRole + 21
ROW_HEIGHT = 38
ROOM, ARROW = 5, 8


class CellPainter(QStyledItemDelegate):
    """The model's `LOOK` is "", "tick", "words" (a box to type in), "choice" (a box to choose from) or "link"."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, tokens = index.data(LOOK) or "", theme.current()
        painter.save()
        paint_ground(painter, option, index)
        box = option.rect.adjusted(CELL_MARGIN, 0, -CELL_MARGIN, 0)
        if look == "tick":
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            paint_tick(painter, option.rect, ticked)
        else:
            if look in ("words", "choice"):
                box = _paint_box(painter, option.rect, choice=look == "choice")
            tone = index.data(TONE) or ("accent" if look == "link" else "text")
            painter.setPen(QColor(getattr(tokens, tone)))
            painter.setFont(option.font)
            words = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 3, -2, -3))


def as_small_table(table: QTableView, name: str) -> None:
    """Look and keys of a table whose cells are changed in place."""
    table.setObjectName("cohort_table")
    table.setAccessibleName(name)
    table.setItemDelegate(CellPainter(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    trigger = QAbstractItemView.EditTrigger
    table.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)


def _paint_box(painter: QPainter, cell: QRect, *, choice: bool) -> QRect:
    """A frame as of a field, with an arrow where one chooses; the room inside."""
    tokens = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(cell).adjusted(2.5, ROOM + 0.5, -2.5, -ROOM - 0.5)
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.setBrush(QColor(tokens.ground))
    painter.drawRoundedRect(frame, SIZES.corner, SIZES.corner)
    if choice:
        tip = QPointF(frame.right() - SIZES.m, frame.center().y() + ARROW / 4)
        path = QPainterPath(tip + QPointF(-ARROW / 2, -ARROW / 2))
        path.lineTo(tip)
        path.lineTo(tip + QPointF(ARROW / 2, -ARROW / 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.muted), 1.5))
        painter.drawPath(path)
    return frame.adjusted(SIZES.s, 0, -SIZES.s - (2 * SIZES.s if choice else 0), 0).toRect()
