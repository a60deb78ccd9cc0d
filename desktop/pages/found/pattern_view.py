"""A file-name pattern and, while it is typed, what it matches: the fields coloured in, the mismatches first."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from desktop import theme
from desktop.bridge import Bridge, Task
from desktop.pages.found.pattern_told import NameLine, PatternTold, pattern_told
from desktop.theme import OKABE_ITO, SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.buttons import push
from desktop.widgets.chips import dot_icon
from desktop.widgets.flow import Flow
from desktop.widgets.text import set_tone, text

if TYPE_CHECKING:
    from collections.abc import Sequence

SOON_MS = 150
LINE, WASH = 22, 70
FIELDS = ("patient", "label", "visit", "role", "number")
HINT = "stage_{label}_patient_{patient}"
TIPS = {
    "patient": "Whose scan it is: scans of the same patient belong together",
    "label": "The class to predict; {class} means the same",
    "visit": "Which visit of the patient",
    "role": "What kind of scan, such as T1",
    "number": "A number that means nothing",
    "*": "Anything at all",
}


class PatternView(QWidget):
    """`edited` as another pattern is typed."""

    edited = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._places: Sequence[str] = ()
        self._asked: Task | None = None
        self.told = PatternTold()
        self.field = QLineEdit()
        self.said = text("", wrap=True)
        self.lines = NameLines()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._ask)
        self._build()

    @property
    def pattern(self) -> str:
        return self.field.text().strip()

    def show_pattern(self, pattern: str) -> None:
        """Show a pattern, unless one is being typed."""
        if not self.field.hasFocus() and pattern != self.field.text():
            self.field.setText(pattern)
            self._soon.start()

    def show_places(self, places: "Sequence[str]") -> None:
        """The places the pattern is tried on."""
        if places is not self._places:
            self._places = places
            self._soon.start()

    def _typed(self) -> None:
        self._soon.start()
        self.edited.emit()

    def _insert(self, words: str) -> None:
        self.field.insert(words)
        self.field.setFocus()
        self._typed()

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        work = partial(pattern_told, self.field.text(), self._places)
        self._asked = self._bridge.submit(work, self._know, owner=self)

    def _know(self, told: PatternTold) -> None:
        self.told = told
        self.said.setText(told.words)
        whole = told.matching == told.total and not told.wrong
        set_tone(self.said, "good" if whole else "warn")
        self.lines.show_told(told)

    def _build(self) -> None:
        self.field.setPlaceholderText(HINT)
        self.field.setAccessibleName("Pattern of the file names")
        self.field.setToolTip("The file's name without its ending; with a / also the folders before it")
        self.field.textEdited.connect(self._typed)
        buttons = QWidget()
        inserts = Flow(buttons, SIZES.xs)
        for name in (*FIELDS, "*"):
            words = f"{{{name}}}" if name in FIELDS else name
            button = push(words, partial(self._insert, words), kind="chip", tip=TIPS[name])
            button.setObjectName(f"insert {name}")
            inserts.addWidget(button)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(self.lines)
        column = column_box(self, gap=SIZES.s)
        column.addWidget(self.field)
        column.addWidget(buttons)
        column.addWidget(self.said)
        column.addWidget(area, 1)


class NameLines(QWidget):
    """Places one below the other: those that do not match, then those that do with their fields coloured."""

    def __init__(self) -> None:
        super().__init__()
        self._told = PatternTold()
        self.setAccessibleName("What the pattern matches")

    def show_told(self, told: PatternTold) -> None:
        self._told = told
        lines = [line.words for line in (*told.mismatches, *told.matches)]
        self.setAccessibleDescription("\n".join(lines))
        self.setMinimumHeight(LINE * (len(lines) + 2 * (bool(told.mismatches) + bool(told.matches)) + 1))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, top = QPainter(self), 0
        top = self._legend(painter, top) if self._told.matches else top
        for heading, tone, lines in (
            ("Does not match", "warn", self._told.mismatches),
            ("Matches", "muted", self._told.matches),
        ):
            if lines:
                self._words(painter, QRect(0, top, self.width(), LINE), heading, tone)
                top += LINE
            for line in lines:
                _paint_line(painter, QRect(0, top, self.width(), LINE), line)
                top += LINE
            top += SIZES.s if lines else 0
        painter.end()

    def _legend(self, painter: QPainter, top: int) -> int:
        left = 0
        for number, name in enumerate(self._told.fields):
            painter.drawPixmap(left, top + (LINE - SIZES.dot) // 2, dot_icon(color_of(number)).pixmap(SIZES.dot))
            left += SIZES.dot + SIZES.xs + 1
            width = painter.fontMetrics().horizontalAdvance(name) + SIZES.m
            self._words(painter, QRect(left, top, width, LINE), name, "text")
            left += width
        return top + LINE

    @staticmethod
    def _words(painter: QPainter, box: QRect, words: str, tone: str) -> None:
        painter.setPen(QColor(getattr(theme.current(), tone)))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def color_of(number: int) -> str:
    """The colour of a field."""
    return OKABE_ITO[number % len(OKABE_ITO)]


def _paint_line(painter: QPainter, box: QRect, line: NameLine) -> None:
    """The words, the fields on a wash of their colour."""
    metrics = painter.fontMetrics()
    for start, end, number in line.spans:
        left = metrics.horizontalAdvance(line.words[:start])
        wash = QColor(color_of(number))
        wash.setAlpha(WASH)
        width = metrics.horizontalAdvance(line.words[:end]) - left
        painter.fillRect(QRect(box.left() + left, box.top() + 2, width, LINE - 4), wash)
        painter.fillRect(QRect(box.left() + left, box.bottom() - 3, width, 2), QColor(color_of(number)))
    painter.setPen(QColor(theme.current().text if line.spans else theme.current().muted))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.words)
