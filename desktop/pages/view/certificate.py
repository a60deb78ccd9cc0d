"""Whether a scan's geometry and voxels can be trusted, what is doubtful about it, and what to do about that."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop import icons, theme
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.marks import MARK, VERDICT_ICONS
from desktop.widgets.text import text
from desktop.widgets.tiles import discard_all
from engine.imaging.doubt import Doubt, Severity, Verdict, verdict_of
from engine.pictures.doubt import sentence

WORDS: dict[Verdict, str] = {"pass": "Certified", "warn": "Doubtful", "fail": "Not to be trusted"}
EXPLAINED: dict[Verdict, str] = {
    "pass": "Its geometry and voxels can be trusted.",
    "warn": "Read what is doubtful before relying on sides, sizes or values.",
    "fail": "It takes part in no run unless you accept it.",
}
SIGNS: dict[Severity, tuple[str, str]] = {
    "note": ("info", "muted"),
    "warn": ("warning", "warn"),
    "fail": ("error", "bad"),
}


class Certificate(QWidget):
    """The verdict as icon and word, under it a line per doubt with its remedy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = text("", "section")
        self._icon = QLabel()
        self._signs: list[tuple[QLabel, str, str]] = []
        self._verdict: Verdict = "pass"
        head = row_box(gap=SIZES.s)
        head.addWidget(self._icon)
        head.addWidget(self.word, 1)
        self._lines = column_box(gap=SIZES.s)
        column = column_box(self, gap=SIZES.s, margins=(0, 0, 0, SIZES.l))
        column.addLayout(head)
        column.addLayout(self._lines)
        theme.themed.connect(self._draw)

    def certify(self, doubts: tuple[Doubt, ...], excluded: str, accepted: str) -> None:
        """Say what is known against the scan: that it was left out and why, or taken all the same, comes first."""
        self._verdict = verdict_of(doubts)
        self.word.setText(WORDS[self._verdict])
        self.setToolTip(EXPLAINED[self._verdict])
        discard_all(self._lines)
        self._signs = [(self._icon, *VERDICT_ICONS[self._verdict])]
        if excluded:
            self._add("exclude", "muted", f"Excluded: {excluded}", "")
        if accepted:
            self._add("check", "muted", f"Accepted: {accepted}", "")
        for doubt in doubts:
            self._add(*SIGNS[doubt.severity], sentence(doubt.text), doubt.action)
        self._draw()

    def _add(self, icon: str, tone: str, what: str, remedy: str) -> None:
        sign = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        self._signs.append((sign, icon, tone))
        line = QWidget()
        row = row_box(line, gap=SIZES.s)
        row.addWidget(sign)
        words = column_box(gap=SIZES.hair)
        words.addWidget(text(what, wrap=True))
        if remedy:
            words.addWidget(text(remedy, "caption", "muted", wrap=True))
        row.addLayout(words, 1)
        self._lines.addWidget(line)

    def _draw(self, *_: object) -> None:
        for label, icon, tone in self._signs:
            color = getattr(theme.current(), tone)
            label.setPixmap(icons.pixmap(icon, color, MARK, self.devicePixelRatioF()))
