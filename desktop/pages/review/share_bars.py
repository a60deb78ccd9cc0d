"""The probabilities of the classes as bars, each with the key that gives the class."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font, draw_dot

ROW, BAR, KEY = 46, 8, 20
MOST_KEYS = 9


class ShareBars(QWidget):
    """`chosen(class)` when one is clicked. A class the run does not know has no bar."""

    chosen = Signal(str)

    def __init__(self, color: Callable[[str], str]) -> None:
        super().__init__()
        self.classes: tuple[str, ...] = ()
        self.shares: Mapping[str, float] = {}
        self._color = color
        self.setAccessibleName("Probabilities")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_shares(self, classes: Sequence[str], shares: Mapping[str, float]) -> None:
        """Show these classes, in this order."""
        self.classes, self.shares = tuple(classes), dict(shares)
        self.setAccessibleDescription(", ".join(f"{name} {percent(self.shares.get(name))}" for name in classes))
        self.setToolTip("Click a class, or press its key, to give it to the patient")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, ROW * max(1, len(self.classes)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = int(event.position().y()) // ROW
        if event.button() == Qt.MouseButton.LeftButton and 0 <= number < len(self.classes):
            self.chosen.emit(self.classes[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, name in enumerate(self.classes):
                self._paint_row(painter, number, name)

    def _paint_row(self, painter: QPainter, number: int, name: str) -> None:
        tokens, share = theme.current(), self.shares.get(name)
        top = number * ROW
        likeliest = share is not None and share == max(self.shares.values())
        words = QRectF(KEY + SIZES.s, top + SIZES.xs, self.width() - KEY - SIZES.s, 20)
        if number < MOST_KEYS:
            self._paint_key(painter, QRectF(0, words.top(), KEY, KEY), str(number + 1))
        draw_dot(painter, QPointF(words.left() + SIZES.dot / 2, words.center().y()), self._color(name))
        font = self.font()
        font.setBold(likeliest)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if share is not None else tokens.muted))
        room = words.adjusted(SIZES.dot + SIZES.s, 0, -48, 0)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent(share))
        lane = QRectF(words.left(), words.bottom() + SIZES.xs, words.width(), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(lane, BAR / 2, BAR / 2)
        if share:
            painter.setBrush(QColor(self._color(name)))
            lane.setWidth(max(BAR, lane.width() * share))
            painter.drawRoundedRect(lane, BAR / 2, BAR / 2)

    def _paint_key(self, painter: QPainter, box: QRectF, key: str) -> None:
        tokens = theme.current()
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), SIZES.xs, SIZES.xs)
        painter.setFont(caption_font(self.font()))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def percent(share: float | None) -> str:
    """Such as "52 %"; a dash where the run does not know the class."""
    return "–" if share is None else f"{share:.0%}".replace("%", "\u2009%")
