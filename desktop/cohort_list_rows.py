"""The rows of the cohort list: a model over patient rows, and how one is painted."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.cohort_rows import NO_LABEL, PatientRow, counted
from desktop.cohort_scan_rows import ScanRow
from desktop.theme import SIZES
from desktop.thumbnails import Thumbnails
from desktop.widgets.marks import (
    MARK,
    VERDICT_ICONS,
    badges_width,
    caption_font,
    draw_badges,
    draw_dot,
    draw_mark,
    draw_thumbnail,
    shortened,
)

ROW = Qt.ItemDataRole.UserRole
CLASS = Qt.ItemDataRole.UserRole + 1
COLOR = Qt.ItemDataRole.UserRole + 2
PICTURE = Qt.ItemDataRole.UserRole + 3
Index = QModelIndex | QPersistentModelIndex


class PatientListModel(QAbstractListModel):
    """Shows patient rows as they are given; filtering is done before."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._rows: Sequence[PatientRow] = ()
        self._target = ""
        self._color: Callable[[str], str] = lambda name: theme.current().muted
        self._places: dict[str, int] | None = None

    def show_rows(self, rows: Sequence[PatientRow], target: str, color: Callable[[str], str]) -> None:
        """Show other rows; where they are the same patients, only what is known of them."""
        same = len(rows) == len(self._rows) and all(
            new is old or new.key == old.key for new, old in zip(rows, self._rows, strict=True)
        )
        if same:
            self._rows, self._target, self._color = rows, target, color
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows, self._target, self._color, self._places = rows, target, color, None
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def row(self, index: Index) -> PatientRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, key: str | None) -> QModelIndex:
        """Where a patient is listed; an invalid index where not."""
        if self._places is None:
            self._places = {row.key: place for place, row in enumerate(self._rows)}
        return self.index(-1 if key is None else self._places.get(key, -1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return described(row, self._thumbnails.trouble(row.motif))
        if role == ROW:
            return row
        if role == PICTURE:
            return self._thumbnails.of(row.motif)
        if role == CLASS:
            return row.label(self._target) if self._target else ""
        return self._color(row.label(self._target)) if role == COLOR else None


class PatientPainter(QStyledItemDelegate):
    """Thumbnail, pseudonym over class, roles and marks at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(SIZES.list, SIZES.list_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        box: QRect = option.rect
        painter.save()
        _paint_ground(painter, box, option.state)
        side = SIZES.thumbnail
        frame = QRect(box.left() + SIZES.m, box.center().y() - side // 2 + 1, side, side)
        draw_thumbnail(painter, frame, index.data(PICTURE), faint=bool(row.excluded))
        left = box.left() + SIZES.m + side + SIZES.m
        upper, lower = box.top() + 16, box.top() + 33
        right = self._paint_roles(painter, option, row, box.right() - SIZES.m, upper, left)
        self._paint_key(painter, option, row, QRect(left, box.top(), right - left, 32))
        right = _paint_marks(painter, row, box.right() - SIZES.m, lower)
        _paint_class(painter, option, index, left, lower, right)
        painter.restore()

    def _paint_roles(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: PatientRow,
        right: int,
        middle: int,
        left: int,
    ) -> int:
        font = option.font
        name = option.fontMetrics.horizontalAdvance(row.name) + SIZES.l
        shown = shortened(row.roles, font, right - left - name)
        right -= badges_width(font, shown)
        draw_badges(painter, font, right, middle, shown)
        return right

    def _paint_key(self, painter: QPainter, option: QStyleOptionViewItem, row: PatientRow, box: QRect) -> None:
        tokens = theme.current()
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.muted if row.excluded else tokens.text))
        words = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


def described(row: PatientRow | ScanRow, trouble: str = "") -> str:
    """What hovering over a patient says; `trouble` is why it has no thumbnail."""
    labels = {**row.labels, **{target: ", ".join(names) for target, names in row.several.items()}}
    lines = [row.name, *(f"{target}: {name}" for target, name in sorted(labels.items()))]
    lines += [f"{name}: {value}" for name, value in sorted(row.covariates.items())]
    lines.append(f"{counted(row.scans, 'scan')}: {', '.join(row.roles)}")
    lines += ["Set aside in the test vault"] if row.vault else []
    lines += [row.standing] if row.standing else []
    lines += [f"Warning: {warning}" for warning in row.warnings]
    return "\n".join([*lines, f"No picture: {trouble}"] if trouble else lines)


def _paint_ground(painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
    tokens = theme.current()
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, QColor(tokens.chosen))
        painter.fillRect(QRect(box.left(), box.top(), 2, box.height()), QColor(tokens.accent))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, QColor(tokens.raised))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(tokens.accent))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


def _paint_marks(painter: QPainter, row: PatientRow, right: int, middle: int) -> int:
    marks = [("exclude", "bad")] if row.excluded else []
    marks += [("stack", "accent")] if row.vault else []
    marks += [VERDICT_ICONS[row.certificate]] if row.certificate != "pass" else []
    for icon, tone in marks:
        right -= MARK
        draw_mark(painter, right, middle, icon, tone)
        right -= SIZES.xs
    return right


def _paint_class(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, left: int, middle: int, right: int
) -> None:
    name = index.data(CLASS)
    if not name:
        return
    draw_dot(painter, QPointF(left + SIZES.dot / 2, middle), index.data(COLOR), hollow=name == NO_LABEL)
    painter.setFont(caption_font(option.font))
    painter.setPen(QColor(theme.current().muted))
    box = QRect(left + SIZES.dot + 6, middle - 9, right - left - SIZES.dot - 6, 18)
    words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
