"""Every command and its key, in a panel over the page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.panel import Panel
from desktop.widgets.text import text

COLUMNS = 2


class ShortcutPanel(Panel):
    """Groups of commands in two columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Keyboard shortcuts", parent)

    def show_groups(self, groups: Mapping[str, Sequence[QAction]]) -> None:
        """Fill the panel and put it over the middle of its parent."""
        self.show_body(_columns({name: list(actions) for name, actions in groups.items() if actions}))


def _columns(groups: dict[str, list[QAction]]) -> QWidget:
    body = QWidget()
    row = row_box(body, gap=SIZES.xl * 2, margins=(0, 0, SIZES.s, 0))
    columns = [column_box(gap=SIZES.l) for _ in range(COLUMNS)]
    lengths = [0] * COLUMNS
    for name, actions in groups.items():
        shortest = lengths.index(min(lengths))
        columns[shortest].addLayout(_group(name, actions))
        lengths[shortest] += len(actions) + 2
    for column in columns:
        column.addStretch()
        row.addLayout(column)
    return body


def _group(name: str, actions: list[QAction]) -> QGridLayout:
    grid = grid_box(across=SIZES.l, down=SIZES.xs)
    grid.addWidget(text(name, "caption", "muted"), 0, 0)
    for line, action in enumerate(actions, 1):
        key = text(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), "caption")
        key.setProperty("key", True)
        grid.addWidget(text(action.text().replace("&", "")), line, 0)
        grid.addWidget(key, line, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid
