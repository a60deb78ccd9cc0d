"""Over the page: its title, what it says of itself, its commands, and the one most people came for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from desktop.pages.page import Page
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import of_action, primary_of
from desktop.widgets.text import Elided, text
from desktop.widgets.tiles import discard_all

WIDEST_TITLE = 240
Style = Qt.ToolButtonStyle


class TitleBar(QFrame):
    """Shows one page's heading and commands; those are icons alone where the heading would have no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("title_bar")
        self.setFixedHeight(SIZES.title_bar)
        self._page: Page | None = None
        self._label = ""
        self._worded = 0
        self.title = Elided("", "title")
        self.caption = Elided("", tone="muted")
        self.badge = text("", "caption")
        self.badge.setProperty("badge", True)
        self._commands = row_box(gap=SIZES.s)
        row = row_box(self, gap=SIZES.m, margins=(SIZES.xl, 0, SIZES.l, 0))
        row.addWidget(self.title)
        row.addWidget(self.badge, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.caption, 1)
        row.addLayout(self._commands)

    def show_page(self, page: Page | None, label: str) -> None:
        """Show the heading of `page`, or only `label` where the page could not be built."""
        if self._page is not None:
            self._page.heading_changed.disconnect(self._refresh)
        self._page = page
        self._label = label
        if page is not None:
            page.heading_changed.connect(self._refresh)
        self._refresh()
        self._show_commands()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _refresh(self) -> None:
        self.title.setText(self._page.title or self._label if self._page else self._label)
        caption, badge = (self._page.caption(), self._page.badge()) if self._page else ("", "")
        self.caption.setText(caption)
        self.badge.setText(badge)
        self.badge.setVisible(bool(badge))
        self._fit()

    def _show_commands(self) -> None:
        discard_all(self._commands)
        if self._page is None:
            return
        primary = self._page.primary()
        for action in self._page.actions():
            if action is not primary:
                self._commands.addWidget(of_action(action))
        if primary is not None:
            self._commands.addWidget(primary_of(primary))
        self._fit()

    def _fit(self) -> None:
        """Write words under the icons where title and badge have their room beside them."""
        badge = 0 if self.badge.isHidden() else self.badge.sizeHint().width() + SIZES.m
        heading = min(self.title.sizeHint().width(), WIDEST_TITLE) + badge + 2 * SIZES.m
        room = self.width() - SIZES.xl - SIZES.l - heading
        buttons = self._buttons()
        if any(button.toolButtonStyle() == Style.ToolButtonTextUnderIcon for button in buttons):
            self._commands.invalidate()
            self._worded = self._commands.sizeHint().width()
        style = Style.ToolButtonTextUnderIcon if self._worded <= room else Style.ToolButtonIconOnly
        for button in buttons:
            button.setToolButtonStyle(style)

    def _buttons(self) -> list[QToolButton]:
        """The commands that have words under their icons."""
        items = (self._commands.itemAt(i) for i in range(self._commands.count()))
        made = (item.widget() for item in items if item is not None)
        return [each for each in made if isinstance(each, QToolButton) and each.property("kind") == "worded"]
