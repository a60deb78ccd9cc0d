"""How a cell of the found table is painted: the tick, the picture, the certificate's mark, words."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop import theme
from desktop.cohort_list_rows import PICTURE, ROW
from desktop.pages.found.model import KIND, UNDER, FoundModel
from desktop.theme import SIZES
from desktop.widgets.marks import VERDICT_ICONS, caption_font, draw_mark, draw_thumbnail

Index = QModelIndex | QPersistentModelIndex
THUMBNAIL = 36
CELL_MARGIN = SIZES.s
BOX = 14
UPPER, LOWER = 8, 9
WAY_HEIGHT = 44
SURE = Qt.ItemDataRole.UserRole + 12


class FoundPainter(QStyledItemDelegate):
    """Rows that are not wanted are faint."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, FoundModel)
        row, kind = index.data(ROW), index.data(KIND)
        wanted = model.comes(row)
        painter.save()
        paint_ground(painter, option, index)
        box = option.rect.adjusted(CELL_MARGIN, 0, -CELL_MARGIN, 0)
        if kind == "tick":
            paint_tick(painter, option.rect, model.wants(row))
        else:
            if kind == "patient":
                frame = QRect(box.left(), box.center().y() + 1 - THUMBNAIL // 2, THUMBNAIL, THUMBNAIL)
                draw_thumbnail(painter, frame, index.data(PICTURE), faint=not wanted)
                box.setLeft(frame.right() + 1 + SIZES.s)
            elif kind == "certificate":
                middle = box.center().y() + 1 - (UPPER if row.reason else 0)
                box.setLeft(box.left() + draw_mark(painter, box.left(), middle, *VERDICT_ICONS[row.certificate]) + 6)
            paint_lines(painter, option, box, (str(index.data() or ""), str(index.data(UNDER) or "")), wanted=wanted)
        painter.restore()

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click anywhere in the cell of a tick changes it."""
        ours = isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton
        if not ours or index.data(KIND) != "tick" or not isinstance(model, FoundModel):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            row = model.rows[index.row()]
            model.want([row], wanted=not model.wants(row))
        return event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)


class LinesPainter(QStyledItemDelegate):
    """A line over a smaller one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint_ground(painter, option, index)
        box = option.rect.adjusted(CELL_MARGIN, 0, -CELL_MARGIN, 0)
        paint_lines(painter, option, box, (str(index.data() or ""), str(index.data(UNDER) or "")), wanted=True)
        painter.restore()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    tokens, box = theme.current(), option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, QColor(tokens.chosen))
    table = option.widget
    if isinstance(table, QTableView) and table.hasFocus() and table.currentIndex().row() == index.row():
        for edge in (box.top(), box.bottom()):
            painter.fillRect(QRect(box.left(), edge, box.width() + 1, 1), QColor(tokens.accent))


def paint_tick(painter: QPainter, cell: QRect, ticked: bool) -> None:
    tokens = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, BOX, BOX)
    box.moveCenter(QRectF(cell).center())
    painter.setPen(QPen(QColor(tokens.accent if ticked else tokens.muted), 1))
    painter.setBrush(QColor(tokens.accent if ticked else tokens.ground))
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        pen = QPen(QColor(tokens.on_accent), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        corner, low, high = (
            box.topLeft() + type(box.topLeft())(x, y) for x, y in ((3.2, 7.2), (6.0, 10.0), (10.8, 4.2))
        )
        painter.drawLine(corner, low)
        painter.drawLine(low, high)


def paint_lines(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, lines: tuple[str, str], *, wanted: bool
) -> None:
    """A line, or two where there is one below."""
    tokens = theme.current()
    above, below = lines
    painter.setFont(option.font)
    painter.setPen(QColor(tokens.text if wanted else tokens.muted))
    _line(painter, box.translated(0, -UPPER if below else 0), above)
    if below:
        painter.setFont(caption_font(option.font))
        painter.setPen(QColor(tokens.muted))
        _line(painter, box.translated(0, LOWER), below)


def _line(painter: QPainter, box: QRect, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class WayPainter(LinesPainter):
    """A way to tell patients apart over its reason, how sure it is at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(caption_font(option.font))
        painter.setPen(QColor(theme.current().muted))
        box = option.rect.adjusted(0, 0, -SIZES.m, 0).translated(0, -UPPER)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(index.data(SURE) or ""))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), WAY_HEIGHT)
