"""The row over the pictures: which scan, in which plane, in what layout."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.pages.view.scan_choice import ScanChoice, chip
from desktop.pages.view.tools import icon_of
from desktop.scan_names import scan_names
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.tiles import discard_all
from engine.cohort.cohort import Scan
from engine.pictures.plane import Plane


class Choices(QWidget):
    """Chips for the scans of a patient at the left, at the right for the planes of the scan in front and `layouts`."""

    scan_wanted = Signal(object)
    plane_wanted = Signal(object)

    def __init__(self, layouts: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scan_choice = ScanChoice()
        self.scan_choice.wanted.connect(self.scan_wanted)
        self.planes: list[QPushButton] = []
        self._offered: tuple[tuple[Scan, ...], tuple[str, ...]] = ((), ())
        self._plane_row = row_box(gap=SIZES.xs)
        row = row_box(self, margins=(SIZES.m, SIZES.s, SIZES.m, SIZES.s))
        row.addWidget(self.scan_choice, 1)
        row.addLayout(self._plane_row)
        row.addSpacing(SIZES.m)
        for action in layouts:
            row.addWidget(icon_of(action))

    def offer_scans(self, scans: tuple[Scan, ...], shown: tuple[Scan, ...]) -> None:
        """A chip per scan, those `shown` marked; scans of one role are numbered."""
        if scans != self._offered[0]:
            self._offered = (scans, self._offered[1])
            self.scan_choice.offer(scans, list(scan_names(scans)))
        self.scan_choice.mark(shown)

    @property
    def scans(self) -> list[QPushButton]:
        """The chips of the scans."""
        return self.scan_choice.chips

    def offer_planes(self, planes: tuple[Plane, ...], shown: Plane | None) -> None:
        """A chip per plane where there is a choice."""
        names = tuple(plane.name for plane in planes) if len(planes) > 1 else ()
        if names != self._offered[1]:
            self._offered = (self._offered[0], names)
            self.planes = _refilled(self._plane_row, [name.capitalize() for name in names])
            for made, name in zip(self.planes, names, strict=True):
                made.clicked.connect(partial(self.plane_wanted.emit, name))
        for made, name in zip(self.planes, names, strict=True):
            made.setChecked(shown is not None and name == shown.name)


def _refilled(row: QHBoxLayout, names: list[str]) -> list[QPushButton]:
    discard_all(row)
    chips = []
    for name in names:
        made = chip(name)
        row.addWidget(made)
        chips.append(made)
    return chips
