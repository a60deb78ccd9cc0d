"""What stands in the place of a page that could not be shown."""

import traceback
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text

DETAILS_HEIGHT = 260


class Failure(QWidget):
    """Says which page failed and why, and offers to try again."""

    def __init__(self, label: str, error: BaseException, again: Callable[[], object]) -> None:
        super().__init__()
        self.details = QPlainTextEdit("".join(traceback.format_exception(error)), readOnly=True)
        self.details.setMaximumHeight(DETAILS_HEIGHT)
        self.details.hide()
        buttons = row_box(gap=SIZES.s)
        buttons.addWidget(push("Try again", again, kind="primary"))
        buttons.addWidget(push("Details", lambda: self.details.setHidden(not self.details.isHidden())))
        buttons.addStretch()
        whole = column_box(self, gap=SIZES.m, margins=(SIZES.xl, SIZES.xl, SIZES.xl, SIZES.xl))
        whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole.addWidget(text(f"The page {label} cannot be shown", "section"))
        whole.addWidget(text(f"{type(error).__name__}: {error}", tone="bad", wrap=True))
        whole.addWidget(text("The other pages still work, and nothing is lost.", tone="muted", wrap=True))
        whole.addLayout(buttons)
        whole.addWidget(self.details)
