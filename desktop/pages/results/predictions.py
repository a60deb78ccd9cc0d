"""The predictions as a table: a row per patient, mispredicted ones marked, tied to the shared selection."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop import theme
from desktop.theme import SIZES
from desktop.widgets.marks import MARK, draw_dot, draw_mark
from engine.runs import Prediction

HEADINGS = ("Patient", "Truth", "Predicted", "Probability of the prediction", "Fold")
ROW = Qt.ItemDataRole.UserRole
SORT = Qt.ItemDataRole.UserRole + 1
BAR = 8
WIDTHS = (96, 136, 148, 190, 60)
MEAN = "The mean of several models, one per repeat, none of which saw this patient"
Index = QModelIndex | QPersistentModelIndex


class PredictionsModel(QAbstractTableModel):
    """Rows as given; a click on a heading orders them."""

    def __init__(self, color: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Prediction] = []
        self.color = color

    def show_rows(self, rows: Sequence[Prediction]) -> None:
        """Show these predictions."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(HEADINGS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return cells(row)[index.column()]
        return described(row) if role == Qt.ItemDataRole.ToolTipRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        keys: tuple[Callable[[Prediction], Any], ...] = (
            lambda row: row.patient,
            lambda row: row.truth,
            lambda row: (row.predicted, row.truth),
            sureness,
            lambda row: row.fold,
        )
        self.rows.sort(key=keys[column], reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def index_of(self, patient: str | None) -> QModelIndex:
        """The row of a patient; an invalid index where there is none."""
        places = (i for i, row in enumerate(self.rows) if row.patient == patient)
        return self.index(next(places, -1), 0)


class PredictionsTable(QTableView):
    """`patient_chosen(Prediction)` when the user goes to another row, `opened` to look at its scans."""

    patient_chosen = Signal(object)
    opened = Signal()

    def __init__(self, model: PredictionsModel) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setItemDelegate(PredictionPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Predictions")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(SIZES.row)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, width)
        self.selectionModel().currentRowChanged.connect(self._chosen)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def follow(self, patient: str | None) -> None:
        """Mark the patient's row, if it is shown, without telling it again."""
        index = self._model.index_of(patient)
        chooser = self.selectionModel()
        chooser.blockSignals(True)
        flag = QItemSelectionModel.SelectionFlag
        chooser.setCurrentIndex(index, (flag.ClearAndSelect if index.isValid() else flag.Clear) | flag.Rows)
        chooser.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.patient_chosen.emit(index.data(ROW))


class PredictionPainter(QStyledItemDelegate):
    """Dots before classes, a mark where the prediction is wrong, a bar for the probability."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Prediction = index.data(ROW)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.current().chosen))
        model = index.model()
        color = model.color if isinstance(model, PredictionsModel) else (lambda name: theme.current().muted)
        inner = box.adjusted(SIZES.s, 0, -SIZES.s, 0)
        if index.column() == 3:
            _paint_share(painter, inner, row, color(row.predicted))
        elif index.column() in (0, 4):
            painter.setPen(QColor(theme.current().text))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, cells(row)[index.column()])
        else:
            wrong = index.column() == 2 and row.truth != row.predicted
            _paint_class(painter, inner, row.truth if index.column() == 1 else row.predicted, color, wrong=wrong)
        painter.restore()


def cells(row: Prediction) -> tuple[str, ...]:
    """A row as text, as in the table."""
    return (row.patient, row.truth, row.predicted, f"{sureness(row):.0%}".replace("%", " %"), str(row.fold or "mean"))


def sureness(row: Prediction) -> float:
    """The probability of the class that was predicted."""
    return row.probabilities.get(row.predicted, 0.0)


def described(row: Prediction) -> str:
    """What hovering over a row says."""
    shares = ", ".join(f"{name} {share:.0%}".replace("%", " %") for name, share in row.probabilities.items())
    judged = "right" if row.truth == row.predicted else "mispredicted"
    model = f"By the model of fold {row.fold}, which never saw this patient" if row.fold else MEAN
    return f"{row.patient}: {judged}\n{shares}\n{model}\nDouble click shows the scans"


def _paint_class(painter: QPainter, box: QRectF, name: str, color: Callable[[str], str], *, wrong: bool) -> None:
    tokens = theme.current()
    draw_dot(painter, QPointF(box.left() + SIZES.dot / 2, box.center().y()), color(name))
    painter.setPen(QColor(tokens.bad if wrong else tokens.text))
    words = box.adjusted(SIZES.dot + SIZES.s, 0, -(MARK + SIZES.xs) if wrong else 0, 0)
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, round(words.width()))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
    if wrong:
        width = painter.fontMetrics().horizontalAdvance(shown)
        draw_mark(painter, round(words.left() + width + SIZES.xs), round(box.center().y()), "close", "bad")


def _paint_share(painter: QPainter, box: QRectF, row: Prediction, color: str) -> None:
    tokens = theme.current()
    words = 44
    lane = QRectF(box.left(), box.center().y() - BAR / 2, max(box.width() - words, 1), BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(lane, BAR / 2, BAR / 2)
    painter.setBrush(QColor(color))
    lane.setWidth(max(BAR, lane.width() * sureness(row)))
    painter.drawRoundedRect(lane, BAR / 2, BAR / 2)
    painter.setPen(QColor(tokens.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, cells(row)[3])
