"""The picture areas beside each other, one of which is in front."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.theme import SIZES
from desktop.viewer.memory import ViewMemory
from desktop.viewer.scan_pane import ScanPane
from desktop.widgets.boxes import row_box
from engine.cohort.cohort import Scan


class Panes(QWidget):
    """One pane per scan shown. The signals are those of the pane in front; `turned_to` tells its scan."""

    turned_to = Signal(object)
    arrived = Signal()
    progressed = Signal()
    completed = Signal()
    changed = Signal(object)
    marked = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._memory = ViewMemory()
        self.panes: list[ScanPane] = []
        self._front = 0
        self._smooth = True
        self._row = row_box(self, gap=SIZES.xs)
        self._grow()

    @property
    def front(self) -> ScanPane:
        """The pane that page and inspector speak of."""
        return self.panes[self._front]

    def show_scans(self, scans: tuple[Scan, ...], front: Scan) -> None:
        """Show these scans, one of them in front; panes that are not needed are kept, but empty and hidden."""
        while len(self.panes) < len(scans):
            self._grow()
        self._front = scans.index(front)
        for pane, scan in zip(self.panes, scans, strict=False):
            pane.show_scan(scan)
        for i, pane in enumerate(self.panes):
            pane.setVisible(i < len(scans))
            if i >= len(scans):
                pane.let_go()
            pane.view.set_lit(len(scans) > 1 and i == self._front)
        if any(pane.view.hasFocus() for pane in self.panes):
            self.front.view.setFocus()

    def let_go(self) -> None:
        """Show nothing, and keep no scan."""
        for pane in self.panes:
            pane.let_go()

    def set_smooth(self, smooth: bool) -> None:
        self._smooth = smooth
        for pane in self.panes:
            pane.view.set_smooth(smooth)

    def _grow(self) -> None:
        pane = ScanPane(self._bridge, self._memory)
        pane.view.set_smooth(self._smooth)
        pane.arrived.connect(lambda: self.arrived.emit() if pane is self.front else None)
        pane.progressed.connect(lambda: self.progressed.emit() if pane is self.front else None)
        pane.completed.connect(lambda: self.completed.emit() if pane is self.front else None)
        pane.changed.connect(lambda viewing: self.changed.emit(viewing) if pane is self.front else None)
        pane.marked.connect(lambda voxel: self.marked.emit(voxel) if pane is self.front else None)
        pane.activated.connect(lambda: self._turn_to(pane))
        self._row.addWidget(pane, 1)
        self.panes.append(pane)

    def _turn_to(self, pane: ScanPane) -> None:
        if pane is not self.front:
            self._front = self.panes.index(pane)
            self.turned_to.emit(pane.scan)
