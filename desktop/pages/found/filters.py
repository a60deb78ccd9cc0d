"""Over the table: which certificates and words are looked for, and ticks for all that is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import icons
from desktop.pages.found.rows import Wanted
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import push
from desktop.widgets.marks import MARK, VERDICT_ICONS
from desktop.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from engine.imaging.doubt import Verdict

SEARCH_LEAST, SEARCH_WIDTH = 96, 190
WORDS: "dict[Verdict, str]" = {"pass": "pass", "warn": "warn", "fail": "fail"}


class Filters(QWidget):
    """`changed` as other rows are looked for; `ticked(bool)` to tick or untick all that are shown."""

    changed = Signal()
    ticked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.chips = {verdict: self._chip(verdict) for verdict in WORDS}
        self.search = SearchBox("Filter the scans")
        self.search.setMinimumWidth(SEARCH_LEAST)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.textChanged.connect(lambda _: self.changed.emit())
        row = row_box(self, gap=SIZES.xs)
        for chip in self.chips.values():
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(push("Tick all", lambda: self.ticked.emit(True), kind="quiet", tip="Add every scan shown"))
        row.addWidget(push("None", lambda: self.ticked.emit(False), kind="quiet", tip="Add no scan of those shown"))
        row.addSpacing(SIZES.xs)
        row.addWidget(self.search, 100)

    @property
    def wanted(self) -> Wanted:
        chosen = frozenset(verdict for verdict, chip in self.chips.items() if chip.isChecked())
        return Wanted(self.search.text(), chosen)

    def begin(self) -> None:
        """Look for everything."""
        for part in (self.search, *self.chips.values()):
            part.blockSignals(True)
        self.search.clear()
        for chip in self.chips.values():
            chip.setChecked(False)
        for part in (self.search, *self.chips.values()):
            part.blockSignals(False)

    def count(self, counts: "dict[Verdict, int]") -> None:
        """Say how many scans have which certificate."""
        for verdict, chip in self.chips.items():
            chip.setText(f"{counts[verdict]:,} {WORDS[verdict]}".replace(",", "\u2009"))
            chip.setVisible(bool(counts[verdict]) or chip.isChecked())

    def _chip(self, verdict: "Verdict") -> QPushButton:
        chip = QPushButton()
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setIconSize(QSize(MARK, MARK))
        icons.assign(chip, *VERDICT_ICONS[verdict])
        chip.setToolTip(f"Only scans with the certificate “{verdict}”; choose several to see them together")
        chip.toggled.connect(lambda _: self.changed.emit())
        return chip
