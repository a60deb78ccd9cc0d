"""The page rail: one large button per page, icon above word."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QWidget

from desktop import icons
from desktop.actions import tip
from desktop.pages import PageInfo
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box


class Rail(QFrame):
    """Tells which page is wanted; shows which is there."""

    wanted = Signal(str)
    settings_wanted = Signal()

    def __init__(self, pages: Sequence[PageInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(SIZES.rail)
        self._group = QButtonGroup(self)
        self.buttons = {page.key: self._page_button(page, f"Ctrl+{i}") for i, page in enumerate(pages, 1)}
        self.settings = self._button("settings", "Settings", tip("Theme, side bars, folders", "Ctrl+,"))
        self.settings.clicked.connect(self.settings_wanted)
        column = column_box(self, gap=SIZES.xs, margins=(0, SIZES.s, 0, SIZES.s))
        for button in self.buttons.values():
            column.addWidget(button)
        column.addStretch()
        column.addWidget(self.settings)

    def offer(self, key: str, *, there: bool) -> None:
        """Show the button of a page only while there is something on it."""
        self.buttons[key].setVisible(there)

    def mark(self, key: str) -> None:
        """Show that the page `key` is the visible one."""
        self.buttons[key].setChecked(True)

    def _page_button(self, page: PageInfo, shortcut: str) -> QToolButton:
        button = self._button(page.icon, page.label, tip(page.tip, shortcut))
        button.setCheckable(True)
        button.clicked.connect(lambda: self.wanted.emit(page.key))
        self._group.addButton(button)
        return button

    def _button(self, icon: str, label: str, hover: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(label)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(hover)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(SIZES.icon, SIZES.icon))
        icons.assign(button, icon, "muted", lit="accent")
        return button
