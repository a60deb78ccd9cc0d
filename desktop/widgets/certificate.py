"""What a geometry certificate says: its verdict, and every doubt with what to do about it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from desktop import icons, theme
from desktop.cohort_rows import graver_first
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.marks import MARK, VERDICT_ICONS
from desktop.widgets.text import text

if TYPE_CHECKING:
    from engine.imaging.doubt import Doubt, Verdict

SEVERITY_ICONS = {**VERDICT_ICONS, "note": ("info", "muted")}
VERDICTS = {
    "pass": "Geometry certificate: pass",
    "warn": "Geometry certificate: doubtful",
    "fail": "Geometry certificate: failed",
}


class Mark(QLabel):
    """A small icon in a token's colour, in either theme."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedWidth(MARK)
        theme.themed.connect(self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        color = getattr(theme.current(), self._tone)
        self.setPixmap(icons.mark(self._icon, color, MARK, self.devicePixelRatioF()))


def certificate_column(verdict: "Verdict", doubts: "Iterable[Doubt]") -> QVBoxLayout:
    """The verdict over its doubts, the gravest first."""
    column = column_box(gap=SIZES.s)
    icon, tone = VERDICT_ICONS[verdict]
    column.addLayout(_marked(icon, tone, text(VERDICTS[verdict], "strong", wrap=True)))
    for doubt in graver_first(doubts, notes=True):
        words = column_box(gap=2)
        words.addWidget(text(f"{doubt.text[:1].upper()}{doubt.text[1:]}.", wrap=True))
        words.addWidget(text(doubt.action, "caption", "muted", wrap=True))
        column.addLayout(_beside(*SEVERITY_ICONS[doubt.severity], words))
    return column


def _marked(icon: str, tone: str, label: QLabel) -> QHBoxLayout:
    words = column_box()
    words.addWidget(label)
    return _beside(icon, tone, words)


def _beside(icon: str, tone: str, words: QVBoxLayout) -> QHBoxLayout:
    row = row_box(gap=SIZES.s)
    row.addWidget(Mark(icon, tone), alignment=Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return row
