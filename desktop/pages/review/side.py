"""The suggestions at the left: of one column, those that are open or those that were decided."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QTabBar, QWidget

from desktop.pages.review.found import Found
from desktop.pages.review.queue_list import QueueList, QueueModel
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from engine.cohort.suggestions import Suggestion

WIDTH = 208
OPEN, DECIDED = range(2)


class Side(QWidget):
    """`wanted(Suggestion)` when a row is clicked, `turned` to the open or the decided, `column_chosen(column)`."""

    wanted = Signal(object)
    turned = Signal()
    column_chosen = Signal(str)

    def __init__(self, named: Callable[[str], str], color: Callable[[str], str]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.columns, self.tabs = QComboBox(), QTabBar()
        self.model = QueueModel(named, color, self)
        self.list = QueueList(self.model)
        for part in (self.tabs, self.columns):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.columns.setAccessibleName("Label column")
        self.tabs.setDrawBase(False)
        self.tabs.addTab("Open")
        self.tabs.addTab("Decided")
        column = column_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.s, SIZES.s, SIZES.m))
        for widget in (self.columns, self.tabs):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.list.wanted.connect(self.wanted)
        self.tabs.currentChanged.connect(lambda _: self.turned.emit())
        self.columns.textActivated.connect(self.column_chosen)

    @property
    def decided(self) -> bool:
        """Whether those that were decided are shown."""
        return self.tabs.currentIndex() == DECIDED

    def turn(self, *, decided: bool) -> None:
        """Show those that were decided, or the open ones."""
        self.tabs.setCurrentIndex(DECIDED if decided else OPEN)

    def offer(self, found: Found) -> None:
        """Offer the columns there are."""
        self.columns.clear()
        self.columns.addItems(list(found.columns))
        self.columns.setCurrentText(found.column)
        self.columns.setVisible(len(found.columns) > 1)

    def show_rows(self, rows: Sequence[Suggestion], place: int) -> None:
        """Show these, with one of them marked."""
        self.model.show_rows(rows)
        self.list.follow(place)
