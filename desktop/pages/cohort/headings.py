"""The line over a group of rows."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from desktop import theme
from desktop.cohort_arranging import EMPTY, Heading
from desktop.cohort_rows import NO_LABEL
from desktop.pages.cohort.model import CohortModel
from desktop.theme import SIZES
from desktop.widgets.marks import MARK, draw_dot, draw_mark


def draw_heading(
    painter: QPainter, box: QRect, heading: Heading, model: CohortModel, *, folded: bool, current: bool
) -> None:
    """Over the whole width: an arrow, the class's dot, what the rows have in common, how many they are."""
    tokens = theme.current()
    painter.fillRect(box, QColor(tokens.raised))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(tokens.line))
    middle, left = box.center().y() + 1, box.left() + SIZES.s
    draw_mark(painter, left, middle, "chevron-right" if folded else "chevron-down", "muted")
    left += MARK + SIZES.s
    if heading.column.kind == "class":
        color = model.color(heading.column, heading.value)
        draw_dot(painter, QPointF(left + SIZES.dot / 2, middle), color, heading.value == NO_LABEL)
        left += SIZES.dot + SIZES.s
    font = QFont(painter.font())
    left = _word(painter, box, left, _name(heading), font, tokens.text, strong=True)
    _word(painter, box, left + SIZES.s, f"{len(heading.rows):,}".replace(",", "\u2009"), font, tokens.muted)
    if current:
        painter.setPen(QColor(tokens.accent))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


def _name(heading: Heading) -> str:
    return f"No {heading.title.lower()}" if heading.value in (EMPTY, NO_LABEL) else f"{heading.title}: {heading.value}"


def _word(
    painter: QPainter, box: QRect, left: int, words: str, font: QFont, color: str, *, strong: bool = False
) -> int:
    shown = QFont(font)
    shown.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    painter.setFont(shown)
    painter.setPen(QColor(color))
    painter.drawText(QRect(left, box.top(), box.right() - left, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
    width = painter.fontMetrics().horizontalAdvance(words)
    painter.setFont(font)
    return left + width
