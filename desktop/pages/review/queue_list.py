"""The suggestions below one another: those that wait, or those that were decided."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desktop import theme
from desktop.pages.review.share_bars import percent
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font, draw_dot, draw_mark
from engine.cohort.suggestions import Suggestion

ONE = Qt.ItemDataRole.UserRole
HEIGHT = 44
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Suggestions as given; `named` says how a patient is shown."""

    def __init__(self, named: Callable[[str], str], color: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Suggestion, ...] = ()
        self.named, self.color = named, color

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """Show these."""
        if self.rows != tuple(rows):
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.rows[index.row()]
        if role == ONE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return self.named(one.patient)
        return described(one, self.named(one.patient)) if role == Qt.ItemDataRole.ToolTipRole else None


class QueueList(QTreeView):
    """`wanted(Suggestion)` when the user goes to another row.

    A tree of one level, since a list view measures every row anew after each decision.
    """

    wanted = Signal(object)

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setItemDelegate(QueuePainter(self))
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setHeaderHidden(True)
        self.setAccessibleName("Suggestions")
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda index: self.wanted.emit(index.data(ONE)))

    def follow(self, place: int) -> None:
        """Mark a row."""
        index = self._model.index(place)
        flag = QItemSelectionModel.SelectionFlag
        chosen = flag.ClearAndSelect if index.isValid() else flag.Clear
        self.selectionModel().setCurrentIndex(index, chosen)
        if index.isValid():
            self.scrollTo(index)


class QueuePainter(QStyledItemDelegate):
    """The patient, the class with its dot, and how sure the run is, or who decided."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one, model, tokens = index.data(ONE), index.model(), theme.current()
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.chosen))
        inner = box.adjusted(SIZES.m, SIZES.xs, -SIZES.m, -SIZES.xs)
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.text))
        top, bottom = inner.adjusted(0, 0, 0, -inner.height() / 2), inner.adjusted(0, inner.height() / 2, 0, 0)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, left | middle, str(index.data()))
        painter.setFont(caption_font(option.font))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(top, right | middle, percent(one.probability) if not one.decision else one.who)
        color = model.color if isinstance(model, QueueModel) else str
        _paint_class(painter, bottom, one, color)
        painter.restore()


def _paint_class(painter: QPainter, box: QRectF, one: Suggestion, color: Callable[[str], str]) -> None:
    name = one.label or one.proposed
    if one.decision:
        icon, tone = ("check", "good") if one.decision == "accepted" else ("close", "muted")
        draw_mark(painter, round(box.right()) - 14, round(box.center().y()), icon, tone)
    rejected = one.decision == "rejected"
    draw_dot(painter, QPointF(box.left() + SIZES.dot / 2, box.center().y()), color(name), hollow=rejected)
    painter.setPen(QColor(theme.current().muted))
    words = box.adjusted(SIZES.dot + SIZES.s, 0, -20, 0)
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, round(words.width()))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)


def described(one: Suggestion, name: str) -> str:
    """What hovering over a row says."""
    shares = ", ".join(f"{label} {percent(share)}" for label, share in one.probabilities.items())
    lines = [f"{name}: {one.proposed} suggested", shares, f"By the run {one.run}"]
    if one.decision:
        lines.append(outcome(one))
    return "\n".join(lines)


def outcome(one: Suggestion) -> str:
    """How a suggestion was decided, by whom and when."""
    given = f"Accepted as {one.label}" if one.decision == "accepted" else "Rejected"
    when = "" if one.decided is None else f", {one.decided.astimezone():%d %b %Y %H:%M}"
    return f"{given} by {one.who or 'nobody known'}{when}"
