"""A card with a title of its own."""

from PySide6.QtWidgets import QFrame

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import Elided


class TitledCard(QFrame):
    """A card with a title, and room beside it for a word or a button."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.title = Elided(title, "section")
        self.head = row_box(gap=SIZES.s)
        self.head.addWidget(self.title, 1)
        self.column = column_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.m, SIZES.m, SIZES.m))
        self.column.addLayout(self.head)
