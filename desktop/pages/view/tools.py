"""The thin column of tools beside the pictures."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QToolButton

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box

SIDE = 28
UNABLE = "QToolButton:checked:disabled { background: transparent; border-color: transparent; }"


class ToolColumn(QFrame):
    """An icon per command, in groups."""

    def __init__(self, groups: list[list[QAction]]) -> None:
        super().__init__()
        column = column_box(self, gap=SIZES.xs, margins=(SIZES.xs, 0, SIZES.xs, 0))
        for group in groups:
            for action in group:
                column.addWidget(icon_of(action))
            column.addSpacing(SIZES.m)
        column.addStretch()


def icon_of(action: QAction) -> QToolButton:
    """A quiet button that is a command's icon."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setProperty("kind", "quiet")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setIconSize(QSize(SIZES.icon, SIZES.icon))
    made.setAccessibleName(action.text())
    made.setFixedWidth(SIDE)
    made.setStyleSheet(UNABLE)
    return made
