"""Rows, columns and grids without Qt's default margins."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


def row_box(parent: QWidget | None = None, *, gap: int = 0, margins: Margins = NONE) -> QHBoxLayout:
    """Things beside each other; margins are left, top, right, bottom."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def column_box(parent: QWidget | None = None, *, gap: int = 0, margins: Margins = NONE) -> QVBoxLayout:
    """Things below each other."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def grid_box(*, across: int = 0, down: int = 0) -> QGridLayout:
    """Things in rows and columns with the given gaps."""
    made = QGridLayout()
    made.setContentsMargins(*NONE)
    made.setHorizontalSpacing(across)
    made.setVerticalSpacing(down)
    return made


def named(widget: QWidget, name: str) -> QWidget:
    """The widget under the name that the style sheet knows it by."""
    widget.setObjectName(name)
    return widget


def centred(holder: QWidget, words: QWidget, *, above: int, beside: int) -> None:
    """Put `words` in the middle of `holder`, as wide as they may be."""
    across = row_box(margins=(beside, above, beside, above))
    across.addStretch(1)
    across.addWidget(words, 1000)
    across.addStretch(1)
    whole = column_box(holder)
    whole.addStretch()
    whole.addLayout(across)
    whole.addStretch()
