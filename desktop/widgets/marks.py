"""Small painted things: class dots, role badges, warning marks, the frame of a thumbnail."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from desktop import icons, theme
from desktop.theme import SIZES
from desktop.thumbnails import Thumbnail

MARK = 14
BADGE_HEIGHT = 16
FAINT = 0.35
LEAST_LETTERS = 4
VERDICT_ICONS = {"pass": ("check", "good"), "warn": ("warning", "warn"), "fail": ("error", "bad")}


def draw_dot(painter: QPainter, centre: QPointF, color: str, hollow: bool = False) -> None:
    """A class dot; hollow where there is no label."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), 1.5) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(color))
    radius = SIZES.dot / 2 - (0.75 if hollow else 0)
    painter.drawEllipse(centre, radius, radius)


def draw_mark(painter: QPainter, left: int, middle: int, icon: str, tone: str) -> int:
    """A small icon; returns the width it took."""
    color = getattr(theme.current(), tone)
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(left, middle - MARK // 2, icons.mark(icon, color, MARK, ratio))
    return MARK


def caption_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(SIZES.caption)
    return small


def badges_width(font: QFont, words: tuple[str, ...]) -> int:
    """The width `draw_badges` takes."""
    metrics = QFontMetrics(caption_font(font))
    return sum(metrics.horizontalAdvance(word) + 2 * 5 + SIZES.xs for word in words) - (SIZES.xs if words else 0)


def draw_badges(painter: QPainter, font: QFont, left: int, middle: int, words: tuple[str, ...]) -> None:
    """Words in small frames beside each other."""
    tokens = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(caption_font(font))
    metrics = painter.fontMetrics()
    for word in words:
        box = QRectF(
            left + 0.5,
            middle - BADGE_HEIGHT / 2 + 0.5,
            metrics.horizontalAdvance(word) + 10,
            BADGE_HEIGHT - 1,
        )
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(box, SIZES.xs, SIZES.xs)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        left += round(box.width()) + SIZES.xs


def shortened(words: tuple[str, ...], font: QFont, width: int) -> tuple[str, ...]:
    """As many badges as there is room for, the first cut short if it must be, and how many more there are."""
    if not words:
        return ()
    for kept in range(len(words), -1, -1):
        rest = len(words) - kept
        shown = (*words[:kept], *((f"+{rest}",) if rest else ()))
        if badges_width(font, shown) <= width:
            return shown if kept else _cut(words, font, width) or shown
    return ()


def _cut(words: tuple[str, ...], font: QFont, width: int) -> tuple[str, ...]:
    """The beginning of the first word and how many more there are; nothing where too little of it would be seen."""
    first, *others = words
    rest = (f"+{len(others)}",) if others else ()
    room = width - badges_width(font, (*rest, "")) - (0 if rest else SIZES.xs)
    cut = QFontMetrics(caption_font(font)).elidedText(first, Qt.TextElideMode.ElideRight, room)
    return (cut, *rest) if len(cut) >= LEAST_LETTERS and badges_width(font, (cut, *rest)) <= width else ()


def draw_thumbnail(painter: QPainter, box: QRect, picture: Thumbnail | None, *, faint: bool = False) -> None:
    """A picture on a black square; an icon of one where it is not known or cannot be made."""
    tokens = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.setBrush(QColor(tokens.image))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), SIZES.xs, SIZES.xs)
    inner = box.adjusted(1, 1, -1, -1)
    ratio = painter.device().devicePixelRatioF()
    pixmap = picture.pixmap(round(inner.width() * ratio)) if picture is not None else None
    if pixmap is None:
        tone = "line" if picture is None else "muted"
        draw_mark(painter, box.center().x() - MARK // 2 + 1, box.center().y() + 1, "image", tone)
        return
    size = QSizeF(pixmap.size()) / ratio
    place = QRectF(QPointF(), size)
    place.moveCenter(QRectF(inner).center())
    painter.setOpacity(FAINT if faint else 1.0)
    painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
    painter.setOpacity(1.0)
