"""The inspector of what was found: everything the files say of the scan that is looked at."""

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.cohort_rows import counted
from desktop.formats import format_label
from desktop.pages.found.files import LeftOut
from desktop.pages.found.rows import FoundRow
from desktop.theme import SIZES
from desktop.thumbnails import Thumbnails
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.certificate import certificate_column
from desktop.widgets.marks import draw_thumbnail
from desktop.widgets.text import Elided, text

PICTURE = 144
LABELS = 108
LONGEST_WORD = 16
LONGEST_IN_TITLE = 26
SEPARATORS = re.compile(r"([_/\\.])")
"""After these a long name may go on in the next line."""
WAITING_FOR_FILE = "Select a file to read in full why it was left out."
WAITING = "Select a scan to see what its files say, what is doubtful, and what to do about it."
KEPT_OUT = "It is added, but kept out of training until somebody has checked and accepted it."


class FoundDetails(QScrollArea):
    """Shows one row, or what to do to see one."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__(widgetResizable=True)
        self._thumbnails = thumbnails
        self._shown: tuple[object, str] | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_row(None, "")

    def show_row(self, row: FoundRow | None, patient: str) -> None:
        """A scan, and whose it is; None asks to select one."""
        if (row, patient) == self._shown:
            return
        self._shown = (row, patient)
        column = self._anew()
        if row is None:
            column.addWidget(text(WAITING, tone="muted", wrap=True))
        else:
            self._describe(column, row, patient)
        column.addStretch()

    def show_file(self, line: LeftOut | None) -> None:
        """A file that could not be read; None asks to select one."""
        self._shown = (line, "")
        column = self._anew()
        if line is None:
            column.addWidget(text(WAITING_FOR_FILE, tone="muted", wrap=True))
        else:
            column.addWidget(text(SEPARATORS.sub("\\1\u200b", line.path), "section", wrap=True))
            column.addWidget(text(f"{line.reason[:1].upper()}{line.reason[1:]}.", wrap=True))
            column.addWidget(text(line.hint, "caption", "muted", wrap=True))
        column.addStretch()

    def _anew(self) -> QVBoxLayout:
        body = QWidget()
        column = column_box(body, gap=SIZES.s, margins=(SIZES.l, SIZES.l, SIZES.l, SIZES.l))
        self.setWidget(body)
        return column

    def _describe(self, column: QVBoxLayout, row: FoundRow, patient: str) -> None:
        column.addWidget(Picture(row, self._thumbnails))
        column.addWidget(_title(row.title))
        column.addSpacing(SIZES.xs)
        column.addLayout(certificate_column(row.certificate, row.scan.doubts))
        if row.certificate == "fail":
            column.addWidget(text(KEPT_OUT, "caption", "bad", wrap=True))
        column.addSpacing(SIZES.s)
        for name, value in facts_of(row, patient):
            column.addLayout(_pair(name, value))


class Picture(QWidget):
    """The thumbnail, large; it comes when it is made."""

    def __init__(self, row: FoundRow, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._row, self._thumbnails = row, thumbnails
        self.setFixedHeight(PICTURE)
        thumbnails.arrived.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_thumbnail(painter, QRect(0, 0, PICTURE, PICTURE), self._thumbnails.of(self._row.motif))
        painter.end()


def _title(words: str) -> QLabel:
    """In several lines, where its words are short enough to be broken between."""
    if max(map(len, words.split()), default=0) <= LONGEST_IN_TITLE:
        return text(words, "section", wrap=True)
    return Elided(words, "section", cut=Qt.TextElideMode.ElideMiddle)


def facts_of(row: FoundRow, patient: str) -> list[tuple[str, str]]:
    """What is known, without what is not."""
    scan = row.scan
    values = ", ".join(f"{value:.4g}" for value in scan.frame_values[:12])
    told = [
        ("Patient", patient),
        ("Modality", row.modality),
        ("Size", row.size),
        ("Spacing", f"{row.spacing} mm"),
        ("Frames", row.frames),
        ("Values", f"{values}{', …' if len(scan.frame_values) > 12 else ''}" if row.frames else ""),
        ("Axes lead", scan.orientation),
        ("Voxels", scan.dtype),
        ("Format", format_label(scan.source.reader, scan.format)),
        *((name.capitalize(), value) for name, value in scan.details.items()),
        ("Files", counted(len(scan.source.files), "file")),
        ("Place", row.place),
    ]
    return [(name, value) for name, value in told if value]


def _pair(name: str, value: str) -> QHBoxLayout:
    row = row_box(gap=SIZES.s)
    label = Elided(name, tone="muted")
    label.setFixedWidth(LABELS)
    row.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
    fits = max(map(len, re.split(r"[\s/\\]", value))) <= LONGEST_WORD
    row.addWidget(text(value, wrap=True) if fits else Elided(value, cut=Qt.TextElideMode.ElideMiddle), 1)
    return row
