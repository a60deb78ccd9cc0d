"""The confusion matrix: truth down, prediction across; every cell leads to its patients."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.plots.themed import pen
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font, draw_dot

HEAD = 40
GAP = 3
LEAST_CELL, MOST_CELL = 44, 132
USUAL = 210
MOST_NAME = 130
STRONGEST = 0.62

Cell = tuple[int, int]


class ConfusionView(QWidget):
    """`chosen((truth, predicted))` by click or arrow keys; None when the chosen cell is clicked again."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.classes: tuple[str, ...] = ()
        self.counts: list[list[int]] = []
        self.current: Cell | None = None
        self._color: Callable[[str], str] = lambda name: theme.current().muted
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Confusion matrix")
        self.setToolTip("Rows: the truth. Columns: the prediction. Click a cell to see its patients.")

    def show_matrix(self, classes: Sequence[str], counts: Sequence[Sequence[int]], color: Callable[[str], str]) -> None:
        """Show head counts `counts[truth][predicted]`."""
        self.classes, self._color = tuple(classes), color
        self.counts = [[int(value) for value in row] for row in counts]
        self.current = None
        self.updateGeometry()
        self.update()

    def choose(self, cell: Cell | None) -> None:
        """Mark a cell and tell it."""
        self.current = cell
        self.update()
        self.chosen.emit(cell)

    def cell_box(self, cell: Cell) -> QRectF:
        """Where a cell is painted."""
        left, top, side, height = self._grid()
        return QRectF(left + cell[1] * side, top + cell[0] * height, side - GAP, height - GAP)

    def sizeHint(self) -> QSize:
        side = max(LEAST_CELL * 1.5 * len(self.classes), USUAL)
        return QSize(round(side + self._name_width() + SIZES.xl), round(side + HEAD))

    def minimumSizeHint(self) -> QSize:
        side = LEAST_CELL * max(2, len(self.classes))
        return QSize(side + self._name_width() + SIZES.xl, side + HEAD)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cells = ((i, j) for i in range(len(self.classes)) for j in range(len(self.classes)))
        cell = next((one for one in cells if self.cell_box(one).contains(event.position())), None)
        if cell is not None:
            self.choose(None if cell == self.current else cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.classes:
            super().keyPressEvent(event)
            return
        last = len(self.classes) - 1
        row, column = self.current or (0, 0)
        moved = (row + step[0], column + step[1]) if self.current is not None else (0, 0)
        self.choose((max(0, min(last, moved[0])), max(0, min(last, moved[1]))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, name in enumerate(self.classes):
            self._paint_names(painter, i, name)
            for j in range(len(self.classes)):
                self._paint_cell(painter, (i, j))

    def _grid(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of a cell."""
        count = max(1, len(self.classes))
        left = self._name_width() + SIZES.s
        side = min(MOST_CELL * 1.6, (self.width() - left) / count)
        return left, HEAD, side, min(MOST_CELL, (self.height() - HEAD) / count)

    def _name_width(self) -> int:
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(name) for name in self.classes), default=0)
        return min(MOST_NAME, widest + SIZES.dot + SIZES.s)

    def _paint_names(self, painter: QPainter, number: int, name: str) -> None:
        tokens = theme.current()
        metrics = QFontMetrics(self.font())
        painter.setFont(self.font())
        row, column = self.cell_box((number, 0)), self.cell_box((0, number))
        draw_dot(painter, QPointF(SIZES.dot / 2, row.center().y()), self._color(name))
        painter.setPen(QColor(tokens.text))
        room = self._name_width() - SIZES.dot - SIZES.s
        words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(SIZES.dot + 6, row.top(), room + 2, row.height()), Qt.AlignmentFlag.AlignVCenter, words)
        above = QRectF(column.left(), HEAD - 22, column.width(), 18)
        if metrics.horizontalAdvance(name) > above.width():
            painter.setFont(caption_font(self.font()))
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, round(above.width()))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, words)
        if number == 0:
            painter.setFont(caption_font(self.font()))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(column.left(), 0, self.width() - column.left(), 16), "predicted as")
            painter.drawText(QRectF(0, HEAD - 22, self._name_width(), 18), Qt.AlignmentFlag.AlignVCenter, "truth")

    def _paint_cell(self, painter: QPainter, cell: Cell) -> None:
        tokens = theme.current()
        box = self.cell_box(cell)
        count, total = self.counts[cell[0]][cell[1]], sum(self.counts[cell[0]])
        part = count / total if total else 0.0
        tint = QColor(tokens.accent if cell[0] == cell[1] else tokens.bad)
        tint.setAlphaF(STRONGEST * part)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(box, SIZES.xs, SIZES.xs)
        painter.setBrush(tint)
        painter.setPen(pen(tokens.text, 1.5) if cell == self.current else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, SIZES.xs, SIZES.xs)
        self._paint_count(painter, box, count, part)

    def _paint_count(self, painter: QPainter, box: QRectF, count: int, part: float) -> None:
        tokens = theme.current()
        large = QFont(self.font())
        large.setPixelSize(SIZES.title if box.height() > 52 else SIZES.section)
        large.setBold(True)
        painter.setFont(large)
        painter.setPen(QColor(tokens.text))
        painter.drawText(box.adjusted(0, 0, 0, -14), Qt.AlignmentFlag.AlignCenter, str(count))
        painter.setFont(caption_font(self.font()))
        painter.drawText(box.adjusted(0, 24, 0, 0), Qt.AlignmentFlag.AlignCenter, f"{part:.0%}".replace("%", " %"))
