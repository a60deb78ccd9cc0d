"""Every command and its key, in a panel over the page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.panel import Panel
from desktop.widgets.text import text

COLUMNS = 3
PICTURE = "Picture"
Line = tuple[str, str]


class ShortcutPanel(Panel):
    """Groups of commands in columns, and what the mouse does in a picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Keyboard shortcuts", parent)

    def show_groups(self, groups: Mapping[str, Sequence[QAction]], gestures: Sequence[Line] = ()) -> None:
        """Fill the panel and put it over the middle of its parent."""
        lines = {name: [_line(action) for action in actions] for name, actions in groups.items()}
        lines[PICTURE] = list(gestures)
        self.show_body(_columns({name: group for name, group in lines.items() if group}))


def _line(action: QAction) -> Line:
    return action.text().replace("&", ""), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _columns(groups: dict[str, list[Line]]) -> QWidget:
    body = QWidget()
    row = row_box(body, gap=SIZES.xl * 2, margins=(0, 0, SIZES.s, 0))
    columns = [column_box(gap=SIZES.l) for _ in range(COLUMNS)]
    lengths = [0] * COLUMNS
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
