"""The line over the tables: search, quick filters, groups, columns."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from desktop import icons
from desktop.cohort_search import HINT, TOLD
from desktop.roster import Roster
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.search_box import SearchBox
from desktop.widgets.text import text

NARROWEST, WIDEST = 160, 420
QUICK = {
    "unlabelled": ("Unlabelled", "Who has no label at all"),
    "excluded": ("Excluded", "Who is kept out of every run by hand, or has such a scan"),
    "warned": ("Warned", "Whose geometry certificate warns or failed"),
    "vault": ("Test vault", "Who is set aside for the last test"),
}


class Tools(QWidget):
    """`changed` when something else is searched for; the menus fill themselves when they open."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchBox(f"Search, such as {HINT}")
        self.search.setAccessibleName("Filter the table")
        self.search.setToolTip(TOLD)
        self.search.setMinimumWidth(NARROWEST)
        self.search.setMaximumWidth(WIDEST)
        self.shown_count = text("", "caption", "muted")
        self.quick = {name: self._chip(*words) for name, words in QUICK.items()}
        self.groups = self._menu("Group by", "stack", "Put rows under headings, by a label, covariate, role or source")
        self.columns = self._menu("Columns", "settings", "Which columns are shown")
        self._build()

    def states(self) -> frozenset[str]:
        """The quick filters that are on."""
        return frozenset(name for name, chip in self.quick.items() if chip.isChecked())

    def show_roster(self, roster: Roster) -> None:
        """Offer the quick filters that would show somebody, with how many; one that is on stays."""
        for name, chip in self.quick.items():
            number = roster.state(name)
            chip.setText(f"{QUICK[name][0]} {number:,}".replace(",", "\u2009"))
            chip.setVisible(bool(number) or chip.isChecked())

    def _chip(self, words: str, tip: str) -> QPushButton:
        chip = QPushButton(words)
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setToolTip(f"{tip}. Several may be on.")
        chip.toggled.connect(lambda _: self.changed.emit())
        return chip

    def _menu(self, words: str, icon: str, tip: str) -> QToolButton:
        made = QToolButton()
        made.setToolTip(tip)
        made.setAccessibleName(words)
        icons.assign(made, icon, "muted")
        made.setMenu(QMenu(made))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _build(self) -> None:
        line = row_box(self, gap=SIZES.s)
        line.addWidget(self.search, 1)
        for chip in self.quick.values():
            line.addWidget(chip)
        line.addWidget(self.shown_count)
        line.addStretch()
        line.addWidget(self.groups)
        line.addWidget(self.columns)
        self.search.textChanged.connect(lambda _: self.changed.emit())
