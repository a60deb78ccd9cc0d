"""Which scan is looked at: a chip for each where there is room, a list where there is not."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.tiles import discard_all
from engine.cohort.cohort import Scan

LEAST_WIDTH = 140


class ScanChoice(QWidget):
    """Offers scans by name; `wanted` tells the one that was chosen."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[QPushButton] = []
        self._scans: tuple[Scan, ...] = ()
        self._names: list[str] = []
        self._box = QWidget()
        self._chips = row_box(self._box, gap=SIZES.xs)
        self.list = chip("")
        self.menu = QMenu(self.list)
        self.menu.setToolTipsVisible(True)
        self.list.setMenu(self.menu)
        self.list.hide()
        row = row_box(self, gap=0)
        row.addWidget(self._box)
        row.addWidget(self.list)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def offer(self, scans: tuple[Scan, ...], names: list[str]) -> None:
        """Offer these, under these names."""
        self._scans, self._names = scans, names
        discard_all(self._chips)
        self.menu.clear()
        self.chips = []
        for scan, name in zip(scans, names, strict=True):
            made = chip(name)
            made.setToolTip(tip_of(scan))
            made.clicked.connect(partial(self.wanted.emit, scan))
            self._chips.addWidget(made)
            self.chips.append(made)
            action = self.menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setToolTip(tip_of(scan))
            action.triggered.connect(partial(self.wanted.emit, scan))
        self._fit()

    def mark(self, shown: tuple[Scan, ...]) -> None:
        """Mark those that are on the screen."""
        for scan, made, action in zip(self._scans, self.chips, self.menu.actions(), strict=True):
            made.setChecked(scan in shown)
            action.setChecked(scan in shown)
        self._name_list()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, self.list.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = sum(made.sizeHint().width() + SIZES.xs for made in self.chips) - SIZES.xs
        listed = needed > self.width()
        self._box.setVisible(not listed)
        self.list.setVisible(listed)
        self._name_list()

    def _name_list(self) -> None:
        marked = [name for name, made in zip(self._names, self.chips, strict=True) if made.isChecked()]
        told = " + ".join(marked) or "Choose a scan"
        room = max(LEAST_WIDTH, self.width()) - 4 * SIZES.l
        words = self.list.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room - 60)
        self.list.setText(f"{words}   {len(marked)} of {len(self._scans)}".replace("&", "&&"))
        self.list.setToolTip(f"{told}: choose one of the {len(self._scans)} scans")


def chip(name: str) -> QPushButton:
    """A small button that stays down while what it names is shown."""
    made = QPushButton(name.replace("&", "&&"))
    made.setProperty("kind", "chip")
    made.setCheckable(True)
    return made


def tip_of(scan: Scan) -> str:
    """The scan's file or folder, and why it is excluded if it is."""
    return f"{scan.path.name}, excluded: {scan.excluded}" if scan.excluded else scan.path.name
