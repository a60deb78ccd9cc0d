"""The picture areas beside each other, one of which is in front."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.theme import SIZES
from desktop.viewer.ahead import Ahead
from desktop.viewer.gestures import MAGNIFY
from desktop.viewer.layouts import ONE, Layout
from desktop.viewer.memory import ViewMemory
from desktop.viewer.over import Over
from desktop.viewer.scan_pane import ScanPane
from desktop.viewer.volume_cell import Factory, nothing
from desktop.widgets.boxes import row_box
from engine.cohort.cohort import Scan
from engine.pictures.doubt import Unsure, unsure_of
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.viewing import Viewing


class Panes(QWidget):
    """One pane per scan shown. The signals are those of the pane in front; `turned_to` tells its scan.

    Layout, hanging and crosshair are the same in all of them; while they are `linked`, so is the position.
    """

    turned_to = Signal(object)
    arrived = Signal()
    progressed = Signal()
    completed = Signal()
    changed = Signal(object)
    marked = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        named: Callable[[str], str] = str,
        volume_view: Factory = nothing,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.panes: list[ScanPane] = []
        self.linked = True
        self.layout_wanted: Layout = ONE
        self.hanging: Hanging = AS_USUAL
        self.ahead = Ahead(bridge, self)
        self._bridge, self._named, self._volume_view = bridge, named, volume_view
        self._memory = ViewMemory()
        self._front = 0
        self._overs: list[Over] = []
        self._smooth = self._crosshair = True
        self._row = row_box(self, gap=SIZES.xs)
        self._grow()

    @property
    def front(self) -> ScanPane:
        """The pane that page and inspector speak of."""
        return self.panes[self._front]

    def show_scans(self, scans: tuple[Scan, ...], front: Scan) -> None:
        """Show these scans, one of them in front; panes that are not needed are kept, but empty and hidden."""
        self.ahead.rest()
        while len(self.panes) < len(scans):
            self._grow()
        self._front = scans.index(front)
        for pane, scan in zip(self.panes, scans, strict=False):
            pane.show_scan(scan)
        for i, pane in enumerate(self.panes):
            pane.setVisible(i < len(scans))
            if i >= len(scans):
                pane.let_go()
            pane.planes.set_front(i == self._front, among_several=len(scans) > 1)
        if any(pane.view.hasFocus() for pane in self.panes):
            self.front.view.setFocus()

    def let_go(self) -> None:
        """Show nothing, and keep no scan."""
        self.ahead.forget()
        for pane in self.panes:
            pane.let_go()

    def rename(self) -> None:
        """Call patients as they are called now."""
        for pane in self.panes:
            if pane.scan is not None:
                pane.show_scan(pane.scan)

    def put_over(self, over: Over) -> None:
        """Lay something over every picture there is and will be."""
        self._overs.append(over)
        for pane in self.panes:
            pane.planes.put_over(over)

    def set_smooth(self, smooth: bool) -> None:
        self._smooth = smooth
        for pane in self.panes:
            pane.planes.set_smooth(smooth)

    def set_crosshair(self, shown: bool) -> None:
        """Draw where the planes meet, or not."""
        self._crosshair = shown
        for pane in self.panes:
            pane.planes.set_crosshair(shown)

    def set_linked(self, linked: bool) -> None:
        """Whether all scans follow the one in front to the same position."""
        self.linked = linked
        self._follow(self.front)

    def lay_out(self, layout: Layout) -> None:
        """Change the layout of every scan's planes."""
        self.layout_wanted = layout
        for pane in self.panes:
            pane.planes.lay_out(layout)

    def hang(self, hanging: Hanging) -> None:
        """Change sides, or the axes that are cut along."""
        self.hanging = hanging
        for pane in self.panes:
            pane.planes.hang(hanging)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == MAGNIFY and not event.modifiers():
            self._magnify(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == MAGNIFY and not event.isAutoRepeat():
            self._magnify(False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._magnify(False)

    def _magnify(self, wanted: bool) -> None:
        for pane in self.panes:
            for cell in pane.planes.shown:
                cell.view.magnify(wanted and cell.view.pointed_at)

    def _grow(self) -> None:
        pane = ScanPane(self._bridge, self._memory, self._named, self._volume_view, self.ahead)
        pane.planes.set_smooth(self._smooth)
        pane.planes.set_crosshair(self._crosshair)
        pane.planes.hang(self.hanging)
        pane.planes.lay_out(self.layout_wanted)
        for over in self._overs:
            pane.planes.put_over(over)
        pane.arrived.connect(lambda: self.arrived.emit() if pane is self.front else None)
        pane.arrived.connect(lambda: self._follow(self.front))
        pane.progressed.connect(lambda: self.progressed.emit() if pane is self.front else None)
        pane.completed.connect(lambda: self.completed.emit() if pane is self.front else self._follow(self.front))
        pane.changed.connect(lambda viewing: self.changed.emit(viewing) if pane is self.front else None)
        pane.moved.connect(lambda: self._follow(pane))
        pane.marked.connect(lambda voxel: self.marked.emit(voxel) if pane is self.front else None)
        pane.activated.connect(lambda: self._turn_to(pane))
        self._row.addWidget(pane, 1)
        self.panes.append(pane)

    def _turn_to(self, pane: ScanPane) -> None:
        if pane is not self.front:
            self._front = self.panes.index(pane)
            self.turned_to.emit(pane.scan)

    def _follow(self, leader: ScanPane) -> None:
        """The other scans of the patient go where one of them is, as far as their files say where they are."""
        if not self.linked or leader.viewing is None or not _is_placed(leader.viewing):
            return
        for pane in self.panes:
            if pane is not leader and _is_placed(pane.viewing):
                pane.go_to_position(leader.viewing.position)


def _is_placed(viewing: Viewing | None) -> bool:
    """Whether a position in a scan means something in another."""
    return viewing is not None and unsure_of(viewing.volume) == Unsure()
