"""The menu behind "Add…": filled anew whenever it opens."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from desktop.layers.offers import Offer

Groups = tuple[tuple[Offer, ...], ...]
FROM_FILE = "From a file…"
ABOUT_FILES = "A mask, a heatmap or a scan in any readable format, NIfTI for instance"


class AddMenu(QObject):
    """`wished` tells what was chosen, `file_wanted` that it is to come from a file."""

    wished = Signal(object)
    file_wanted = Signal()

    def __init__(self, menu: QMenu, offered: Callable[[], Groups]) -> None:
        super().__init__(menu)
        self._menu, self._offered = menu, offered
        menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer what there is to lay over the scan in front."""
        self._menu.clear()
        for offers in filter(None, self._offered()):
            for offer in offers:
                self._put(offer)
            self._menu.addSeparator()
        file = self._menu.addAction(FROM_FILE)
        file.setToolTip(ABOUT_FILES)
        file.triggered.connect(self.file_wanted)

    def _put(self, offer: Offer) -> None:
        action = self._menu.addAction(offer.words.replace("&", "&&"))
        action.setEnabled(not offer.reason)
        action.setToolTip(offer.reason or offer.about)
        action.triggered.connect(partial(self.wished.emit, offer.wish))
