"""Every command and its key, in a panel over the page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.panel import Panel
from desktop.widgets.text import text

COLUMNS = (3, 4)
PICTURE = "In a picture"
BESIDE, ABOVE = 60, 120
Line = tuple[str, str]


class ShortcutPanel(Panel):
    """Groups of commands in columns, and what the mouse does in a picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Keyboard shortcuts", parent)

    def show_groups(self, groups: Mapping[str, Sequence[QAction]], gestures: Sequence[Line] = ()) -> None:
        """Fill the panel and put it over the middle of its parent."""
        lines = {name: [_line(action) for action in actions] for name, actions in groups.items()}
        lines[PICTURE] = list(gestures)
        shown = {name: group for name, group in lines.items() if group}
        room = QSize(self._host.width() - BESIDE, self._host.height() - ABOVE)
        bodies = [_columns(shown, count) for count in COLUMNS]
        narrow = [body for body in bodies if body.sizeHint().width() <= room.width()] or bodies[:1]
        best = next((body for body in narrow if body.sizeHint().height() <= room.height()), narrow[-1])
        area = _scrolled(best, room.height())
        self.show_body(area)
        area.setFocus()


def _line(action: QAction) -> Line:
    return action.text().replace("&", ""), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _scrolled(body: QWidget, room: int) -> QScrollArea:
    """The body at its own size, or as high as there is room with a bar to scroll it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setWidget(body)
    wanted = body.sizeHint()
    bar = 0 if wanted.height() <= room else area.verticalScrollBar().sizeHint().width()
    area.setFixedSize(wanted.width() + bar, min(wanted.height(), room))
    return area


def _columns(groups: dict[str, list[Line]], count: int) -> QWidget:
    body = QWidget()
    row = row_box(body, gap=SIZES.xl, margins=(0, 0, SIZES.s, 0))
    columns = [column_box(gap=SIZES.l) for _ in range(count)]
    lengths = [0] * count
    for name, lines in groups.items():
        shortest = lengths.index(min(lengths))
        columns[shortest].addLayout(_group(name, lines))
        lengths[shortest] += len(lines) + 2
    for column in columns:
        column.addStretch()
        row.addLayout(column)
    return body


def _group(name: str, lines: list[Line]) -> QGridLayout:
    grid = grid_box(across=SIZES.l, down=SIZES.xs)
    grid.addWidget(text(name, "caption", "muted"), 0, 0)
    for place, (what, how) in enumerate(lines, 1):
        key = text(how, "caption")
        key.setProperty("key", True)
        grid.addWidget(text(what), place, 0)
        grid.addWidget(key, place, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid
