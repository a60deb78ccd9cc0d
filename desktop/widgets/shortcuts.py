"""Every command and its key, in a panel over the page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import SIZES
from desktop.widgets.buttons import glyph
from desktop.widgets.text import text

COLUMNS = 2


class ShortcutPanel(QFrame):
    """Groups of commands in two columns; Esc or the cross puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut_panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._body: QWidget | None = None
        head = QHBoxLayout()
        head.addWidget(text("Keyboard shortcuts", "section"), 1)
        head.addWidget(glyph("close", self.hide, "Close (Esc)"))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(SIZES.xl, SIZES.l, SIZES.xl, SIZES.xl)
        self._whole.setSpacing(SIZES.m)
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
        room = self.parentWidget().rect()
        self.resize(self.sizeHint().boundedTo(room.size()))
        self.move(room.center() - self.rect().center())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def _columns(groups: dict[str, list[QAction]]) -> QWidget:
    body = QWidget()
    row = QHBoxLayout(body)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SIZES.xl * 2)
    columns = [QVBoxLayout(spacing=SIZES.l) for _ in range(COLUMNS)]
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
    grid = QGridLayout(horizontalSpacing=SIZES.l, verticalSpacing=SIZES.xs)
    grid.addWidget(text(name, "caption", "muted"), 0, 0)
    for line, action in enumerate(actions, 1):
        key = text(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), "caption")
        key.setProperty("key", True)
        grid.addWidget(text(action.text().replace("&", "")), line, 0)
        grid.addWidget(key, line, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid
