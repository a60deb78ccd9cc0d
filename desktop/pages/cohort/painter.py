"""How a cell of the cohort table is painted: thumbnails, class dots, role badges, marks."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop import theme
from desktop.cohort_arranging import Heading
from desktop.cohort_list_rows import COLOR, PICTURE, ROW
from desktop.cohort_rows import NO_LABEL
from desktop.cohort_table import AnyRow
from desktop.pages.cohort.model import KIND
from desktop.theme import SIZES
from desktop.widgets.marks import MARK, VERDICT_ICONS, draw_badges, draw_dot, draw_mark, draw_thumbnail, shortened

Index = QModelIndex | QPersistentModelIndex
THUMBNAIL = 30
VAULT_ICON = "stack"
CELL_MARGIN = SIZES.s


class CellPainter(QStyledItemDelegate):
    """Paints the ground and the words as Qt does, after making room for the picture of the cell's kind."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        kind, row, words = index.data(KIND), index.data(ROW), cell.text
        widget: QWidget | None = cell.widget
        style = widget.style() if widget is not None else QApplication.style()
        cell.text = ""
        if isinstance(row, Heading):
            return
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, widget)
        painter.save()
        box: QRect = cell.rect.adjusted(CELL_MARGIN, 0, -CELL_MARGIN, 0)
        if kind == "roles":
            shown = shortened(row.roles, cell.font, box.width())
            draw_badges(painter, cell.font, box.left(), box.center().y() + 1, shown)
        else:
            box.setLeft(box.left() + _picture(painter, box, kind, row, index))
            if kind == "patient" and row.vault:
                box.setRight(box.right() - MARK - SIZES.xs)
                draw_mark(painter, box.right() + SIZES.xs, box.center().y() + 1, VAULT_ICON, "accent")
            _words(painter, cell, box, words, row)
        painter.restore()
        if widget is not None and widget.hasFocus():
            _ring(painter, option.rect, widget, index)


def _ring(painter: QPainter, box: QRect, table: QWidget, index: Index) -> None:
    """A line over and under the row that the keyboard is at."""
    if isinstance(table, QTableView) and table.currentIndex().row() == index.row():
        accent = QColor(theme.current().accent)
        painter.fillRect(QRect(box.left(), box.top(), box.width() + 1, 1), accent)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width() + 1, 1), accent)


def _picture(painter: QPainter, box: QRect, kind: str, row: AnyRow, index: Index) -> int:
    middle = box.center().y() + 1
    if kind == "patient":
        frame = QRect(box.left(), middle - THUMBNAIL // 2, THUMBNAIL, THUMBNAIL)
        draw_thumbnail(painter, frame, index.data(PICTURE), faint=bool(row.excluded))
        if row.excluded:
            draw_mark(painter, frame.center().x() - MARK // 2 + 1, middle, "exclude", "bad")
        return THUMBNAIL + SIZES.s
    if kind == "class":
        hollow = index.data() == NO_LABEL
        draw_dot(painter, QPointF(box.left() + SIZES.dot / 2, middle), index.data(COLOR), hollow)
        return SIZES.dot + SIZES.s
    if kind == "certificate":
        return draw_mark(painter, box.left(), middle, *VERDICT_ICONS[row.certificate]) + SIZES.xs
    if kind == "notes" and (row.excluded or row.certificate != "pass"):
        icon, tone = ("exclude", "bad") if row.excluded else VERDICT_ICONS[row.certificate]
        return draw_mark(painter, box.left(), middle, icon, tone) + SIZES.s
    return 0


def _words(painter: QPainter, cell: QStyleOptionViewItem, box: QRect, words: str, row: AnyRow) -> None:
    tokens = theme.current()
    painter.setFont(cell.font)
    painter.setPen(QColor(tokens.muted if row.excluded else tokens.text))
    shown = painter.fontMetrics().elidedText(words, cell.textElideMode, box.width())
    painter.drawText(box, cell.displayAlignment, shown)
