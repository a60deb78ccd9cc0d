"""The ways to tell patients apart: the recognised one first, all others with what speaks for them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from desktop.pages.found.forecast import AUTO, Forecast, Way
from desktop.pages.found.model import UNDER
from desktop.pages.found.painter import SURE, WayPainter

RECOGNISE, RECOGNISED = "Recognise", "recognised"
WIDTH, POPUP = 268, 580


class Ways(QComboBox):
    """One item per way, and one that leaves it to the program."""

    def __init__(self) -> None:
        super().__init__()
        self.view().setItemDelegate(WayPainter(self.view()))
        self.view().setMinimumWidth(POPUP)
        self.setMaxVisibleItems(16)
        self.setFixedWidth(WIDTH)
        self.begin()

    @property
    def key(self) -> str:
        """The layout that is chosen, or "auto"."""
        return str(self.currentData() or AUTO)

    def begin(self) -> None:
        """Leave it to the program, without telling."""
        self.blockSignals(True)
        self.clear()
        self.addItem(RECOGNISE, AUTO)
        self.blockSignals(False)

    def choose(self, key: str) -> None:
        """Choose a way, without telling."""
        self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(key)))
        self.blockSignals(False)

    def show_ways(self, made: Forecast) -> None:
        """Offer what the forecast knows; what was chosen stays so."""
        if not made.ways:
            return
        kept, surest = self.key, made.ways[0]
        self.blockSignals(True)
        self.clear()
        self._add(Way(AUTO, surest.label, f"As it is recognised: {surest.reason}", surest.sure), RECOGNISED)
        for way in made.ways:
            self._add(way, sure_text(way.sure))
        self.blockSignals(False)
        self.choose(kept)

    def _add(self, way: Way, sure: str) -> None:
        self.addItem(way.label, way.key)
        place = self.count() - 1
        self.setItemData(place, way.reason, UNDER)
        self.setItemData(place, sure, SURE)
        self.setItemData(place, way.reason, Qt.ItemDataRole.ToolTipRole)


def sure_text(sure: float) -> str:
    """How sure a way is: "93 % sure"; nothing where it does not fit at all."""
    return f"{sure:.0%} sure".replace("%", "\u2009%") if sure > 0 else "does not fit"
