"""The measurements of the scan in front, in the inspector."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.measuring.region_panel import RegionPanel
from desktop.measuring.shape_list import Row, ShapeList
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text

EMPTY = (
    "Nothing is measured on this scan yet. Choose a tool beside the pictures, such as Distance (D) or Ellipse (E), "
    "and draw. What you draw is kept in the workspace."
)
UNSAVED = "Some of it could not be saved in the workspace."


class MeasuringPanel(QWidget):
    """Mirrors what is measured. `again_wanted` asks to save what could not be saved."""

    again_wanted = Signal()

    def __init__(self, export_actions: Sequence[QAction], delete_all: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = text(EMPTY, tone="muted", wrap=True)
        self.doubt = text("", "caption", "warn", wrap=True)
        self.whose = text("", "caption", "muted", wrap=True)
        self.unsaved = text(UNSAVED, "caption", "warn", wrap=True)
        self.again = push("Try again", self.again_wanted.emit, kind="link")
        self.list = ShapeList()
        self.region = RegionPanel()
        self.export = push("Export CSV…", lambda: None, tip="Save the figures as a table")
        menu = QMenu(self.export)
        menu.addActions(list(export_actions))
        self.export.setMenu(menu)
        self.delete = push(delete_all.text(), delete_all.trigger, kind="quiet", tip=delete_all.toolTip())
        self._build()

    def tell_whose(self, words: str) -> None:
        """Say whose values all of these are, where that is not plain."""
        self.whose.setText(words)
        self.whose.setVisible(bool(words and not self.list.isHidden()))

    def show_rows(self, rows: Sequence[Row], selected: int | None, doubts: Sequence[str], *, unsaved: bool) -> None:
        """Show the shapes of a scan, and what speaks against its sizes."""
        self.empty.setVisible(not rows)
        for part in (self.list, self.export, self.delete):
            part.setVisible(bool(rows))
        self.doubt.setText("\n".join(doubts))
        self.doubt.setVisible(bool(doubts and rows))
        self.unsaved.setVisible(unsaved)
        self.again.setVisible(unsaved)
        self.list.show_rows(rows, selected)

    def _build(self) -> None:
        column = column_box(self, gap=SIZES.s)
        for part in (self.empty, self.doubt, self.unsaved, self.again, self.whose, self.list, self.region):
            column.addWidget(part)
        row = row_box(gap=SIZES.s)
        row.addWidget(self.export)
        row.addWidget(self.delete)
        row.addStretch(1)
        column.addLayout(row)
        for part in (
            self.doubt,
            self.unsaved,
            self.again,
            self.whose,
            self.list,
            self.region,
            self.export,
            self.delete,
        ):
            part.hide()
