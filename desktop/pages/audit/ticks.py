"""How many proposed groups are ticked, and ticking all or none."""

from PySide6.QtWidgets import QWidget

from desktop.pages.audit.strips import Strips
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text


class Ticks(QWidget):
    """A line over the strips."""

    def __init__(self, strips: Strips) -> None:
        super().__init__()
        self._strips = strips
        self.words = text("", "caption", "muted")
        row = row_box(self, gap=SIZES.m)
        row.addWidget(self.words, 1)
        row.addWidget(push("All", lambda: strips.tick_all(on=True), kind="link", tip="Tick every group"))
        row.addWidget(push("None", lambda: strips.tick_all(on=False), kind="link", tip="Untick every group"))
        strips.ticks_changed.connect(self._count)

    def _count(self) -> None:
        ticked, there = len(self._strips.ticked()), self._strips.model().rowCount()
        self.words.setText(f"{ticked:,} of {there:,} groups are ticked; untick those that are not of one patient")
