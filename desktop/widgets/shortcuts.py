"""Every command and its key, in a panel over the page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import text

COLUMNS = 2


class ShortcutPanel(QFrame):
    """Groups of commands in two columns; Esc or the cross puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setObjectName("shortcut_panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._body: QWidget | None = None
        head = row_box()
        head.addWidget(text("Keyboard shortcuts", "section"), 1)
        head.addWidget(glyph("close", self.hide, "Close (Esc)"))
        self._whole = column_box(self, gap=SIZES.m, margins=(SIZES.xl, SIZES.l, SIZES.xl, SIZES.xl))
        self._whole.addLayout(head)
        self.hide()

    def show_groups(self, groups: Mapping[str, Sequence[QAction]]) -> None:
        """Fill the panel and put it over the middle of its parent."""
        if self._body is not None:
            self._whole.removeWidget(self._body)
            self._body.deleteLater()
        self._body = _columns({name: list(actions) for name, actions in groups.items() if actions})
        self._whole.addWidget(self._body)
        self.adjustSize()
        room = self._host.rect()
        self.resize(self.sizeHint().boundedTo(room.size()))
        self.move(room.center() - self.rect().center())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def _columns(groups: dict[str, list[QAction]]) -> QWidget:
    body = QWidget()
    row = row_box(body, gap=SIZES.xl * 2)
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
