"""How a line of the list of findings is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.pages.audit.rows import Row
from desktop.pages.audit.wording import KINDS, SEVERITIES
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.marks import FAINT, MARK, caption_font, draw_mark
from engine.audit.finding import Finding, counted, owners

HEADING, LINES, MOST_NAMED = 36, 2, 2
Index = QModelIndex | QPersistentModelIndex
BREAKING = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


class FindingPainter(QStyledItemDelegate):
    """Headings, and findings: mark, kind and how many scans, then the reason on two lines at most."""

    def __init__(self, session: Session, view: QListView) -> None:
        super().__init__(view)
        self._session, self._view = session, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width()
        if row.finding is None:
            return QSize(width, HEADING)
        font = QFont(option.font)
        lines = _lines(row.finding.reason, font, _words_width(width))
        return QSize(width, 2 * SIZES.s + SIZES.xs + QFontMetrics(caption_font(font)).height() + lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setFont(option.font)
        if row.finding is None:
            _heading(painter, option.rect, row)
        else:
            chosen = index.row() == self._view.currentIndex().row()
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            words = told_of(row.finding, self._session)
            _finding(painter, option.rect, row, words, chosen=chosen, hovered=hovered)
        painter.restore()


def told_of(finding: Finding, session: Session) -> str:
    """The kind, and whom it speaks of: one or two patients by name, else how many scans, files or patients."""
    kind = KINDS[finding.kind][0]
    people = finding.patients or owners(finding.scans)
    if 0 < len(people) <= MOST_NAMED:
        return " · ".join([kind, ", ".join(map(session.patient_name, people))])
    things = (("scan", len(finding.scans)), ("file", len(finding.files)), ("patient", len(finding.patients)))
    return " · ".join([kind, *(counted(count, noun) for noun, count in things if count)][:2])


def _heading(painter: QPainter, box: QRect, row: Row) -> None:
    tokens = theme.current()
    middle = box.center().y() + 3
    left = box.left() + SIZES.m
    if row.fold:
        left += draw_mark(painter, left, middle, "chevron-down" if row.opened else "chevron-right", "muted") + SIZES.xs
    left += draw_mark(painter, left, middle, row.icon, row.tone) + SIZES.s
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(tokens.muted if row.fold else tokens.text))
    place = QRect(left, box.top() + 3, box.right() - left, box.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"{row.words}  {row.count:,}")


def _finding(painter: QPainter, box: QRect, row: Row, told: str, *, chosen: bool, hovered: bool) -> None:
    tokens, finding = theme.current(), row.finding
    if finding is None:
        return
    if chosen or hovered:
        painter.fillRect(box, QColor(tokens.chosen if chosen else tokens.hover))
    if chosen:
        painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(tokens.accent))
    painter.setOpacity(0.5 + FAINT / 2 if row.faint else 1.0)
    top, left = box.top() + SIZES.s, box.left() + SIZES.m
    small = caption_font(painter.font())
    height = QFontMetrics(small).height()
    tone = "muted" if row.faint else SEVERITIES[finding.severity][2]
    draw_mark(painter, left, top + height // 2 + 1, KINDS[finding.kind][1], tone)
    words = box.adjusted(SIZES.m + MARK + SIZES.s, SIZES.s, -SIZES.m, 0)
    large = QFont(painter.font())
    painter.setFont(small)
    painter.setPen(QColor(tokens.muted))
    painter.drawText(words, BREAKING, told)
    painter.setFont(large)
    painter.setPen(QColor(tokens.text))
    metrics = QFontMetrics(large)
    room = words.adjusted(0, height + SIZES.xs, 0, 0)
    room.setHeight(LINES * metrics.lineSpacing() + 4)
    painter.drawText(room, BREAKING, _fitting(finding.reason, metrics, room))


def _words_width(width: int) -> int:
    return width - 2 * SIZES.m - MARK - SIZES.s


def _lines(words: str, font: QFont, width: int) -> int:
    metrics = QFontMetrics(font)
    needed = metrics.boundingRect(QRect(0, 0, width, 1000), BREAKING, words).height()
    return min(needed, LINES * metrics.lineSpacing() + 4)


def _fitting(words: str, metrics: QFontMetrics, room: QRect) -> str:
    """As many whole words as there is room for; the tooltip has them all."""
    if metrics.boundingRect(QRect(0, 0, room.width(), 1000), BREAKING, words).height() <= room.height():
        return words
    parts = words.split()
    while parts:
        parts.pop()
        shown = " ".join(parts) + "…"
        if metrics.boundingRect(QRect(0, 0, room.width(), 1000), BREAKING, shown).height() <= room.height():
            return shown
    return words
