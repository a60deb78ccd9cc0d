"""The picture areas beside each other, one of which is in front."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.comparing.comparison import Other
from desktop.pages.view.alike_panes import AlikePanes
from desktop.pages.view.pane_links import Links
from desktop.pages.view.seats import Seats
from desktop.pages.view.spaces import tell_elsewhere
from desktop.theme import SIZES
from desktop.viewer.already_read import AheadOrHere
from desktop.viewer.memory import ViewMemory
from desktop.viewer.pane_memory import PaneMemory
from desktop.viewer.scan_pane import ScanPane
from desktop.viewer.volume_cell import Factory, nothing
from desktop.widgets.boxes import column_box, row_box
from engine.cohort.cohort import Scan
from engine.imaging.source import ScanSource
from engine.imaging.volume import Volume
from engine.pictures.viewing import Viewing


class Panes(AlikePanes):
    """One pane per scan shown. The signals are those of the pane in front; `turned_to` tells its scan.

    Layout, hanging and crosshair are the same in all of them; so is the position while their `links` are on. A scan may
    keep the one in front `company` in place of those that the page asks for; `beside_changed` tells of the others.
    """

    turned_to = Signal(object)
    arrived = Signal()
    progressed = Signal()
    completed = Signal()
    changed = Signal(object)
    marked = Signal(object)
    beside_changed = Signal()
    turned = Signal(int, bool)

    def __init__(
        self,
        bridge: Bridge,
        named: Callable[[str], str] = str,
        volume_view: Factory = nothing,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ahead = AheadOrHere(bridge, self)
        self.ahead.find = self.volume_of
        self.memory = ViewMemory()
        self._bridge, self._named, self._volume_view = bridge, named, volume_view
        self._memories: dict[ScanPane, PaneMemory] = {}
        self.links = Links(self.panes)
        self._seats = Seats()
        self._front = 0
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._follow_front)
        self._column = column_box(self)
        self._row = row_box(gap=SIZES.xs)
        self._column.addLayout(self._row, 1)
        self._grow()

    @property
    def front(self) -> ScanPane:
        """The pane that page and inspector speak of."""
        return self.panes[self._front]

    @property
    def company(self) -> tuple[Other, ...] | None:
        """What alone sits beside the one in front; None while all sit that are asked."""
        return self._seats.company

    @property
    def guest(self) -> ScanPane | None:
        """The pane of the scan that keeps the one in front company."""
        return self.panes[1 - self._front] if self._seats.company else None

    def show_scans(self, scans: tuple[Scan, ...], front: Scan) -> None:
        """Show these scans, one of them in front; panes that are not needed are kept, but empty and hidden."""
        self._seat(self._seats.showing(scans, front))

    def keep_company(self, company: tuple[Other, ...] | None) -> None:
        """Show the scan in front with this one only, or alone; None brings back all that were asked for."""
        if company != self._seats.company:
            present = tuple(pane.scan for pane in self.panes)
            self._seat(self._seats.with_company(company, present))

    def volume_of(self, source: ScanSource) -> Volume | None:
        """The volume of a scan, if all of it is in some pane."""
        panes = (pane for pane in self.panes if pane.scan is not None and pane.scan.source == source)
        return next((pane.loaded.volume for pane in panes if pane.loaded is not None and not pane.filling), None)

    def put_above(self, bar: QWidget) -> None:
        """Have a bar over the pictures."""
        self._column.insertWidget(0, bar)

    def let_go(self) -> None:
        """Show nothing, and keep no scan."""
        self.ahead.forget()
        self._seats = Seats()
        for pane in self.panes:
            pane.let_go()

    def rename(self) -> None:
        """Call patients as they are called now."""
        for pane in self.panes:
            if pane.scan is not None:
                pane.show_scan(pane.scan)

    def set_linked(self, linked: bool) -> None:
        """Whether all scans follow the one in front to the same position."""
        self.links.on = linked
        self._follow_front()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest_soon()

    def _rest_soon(self) -> None:
        """Pictures have other sizes: the one beside comes to the same scale again."""
        if self._seats.company:
            self._rest.start()

    def _seat(self, seats: Seats) -> None:
        self.ahead.rest()
        taken, before = seats.taken, self._seats.company
        if len(taken) == 1 and self._front:
            self._bring_first(self._front)
        self._seats, self._front = seats, seats.place
        while len(self.panes) < len(taken):
            self._grow()
        self._hush()
        for pane, other in zip(self.panes, taken, strict=False):
            fresh = pane.scan != other.scan or seats.company != before
            pane.show_scan(other.scan, frame=other.frame if fresh else None)
        for i, pane in enumerate(self.panes):
            pane.setVisible(i < len(taken))
            if i >= len(taken):
                pane.let_go()
            pane.planes.set_front(i == self._front, among_several=len(taken) > 1)
        if any(pane.view.hasFocus() for pane in self.panes):
            self.front.view.setFocus()
        self._rest_soon()

    def _bring_first(self, place: int) -> None:
        """The pane in front stays as it is where only one is left."""
        self.panes.insert(0, self.panes.pop(place))
        self._row.insertWidget(0, self.panes[0], 1)

    def _hush(self) -> None:
        """A scan of the same role as the one in front is remembered by that one alone."""
        taken, role_of = self._seats.taken, self.memory.role_of
        role = role_of(taken[self._front].scan)
        for i, (pane, other) in enumerate(zip(self.panes, taken, strict=False)):
            self._memories[pane].silent = i != self._front and role_of(other.scan) == role

    def _grow(self) -> None:
        memory = PaneMemory(self.memory)
        pane = ScanPane(self._bridge, memory, self._named, self._volume_view, self.ahead)
        self.dress(pane)
        self._listen_to(pane)
        self._row.addWidget(pane, 1)
        self.panes.append(pane)
        self._memories[pane] = memory

    def _listen_to(self, pane: ScanPane) -> None:
        pane.arrived.connect(lambda: self.arrived.emit() if pane is self.front else None)
        pane.arrived.connect(lambda: self._arrive(pane))
        pane.progressed.connect(lambda: self.progressed.emit() if pane is self.front else None)
        pane.completed.connect(lambda: self.completed.emit() if pane is self.front else self._follow_front())
        pane.changed.connect(lambda viewing: self._change(pane, viewing))
        pane.moved.connect(lambda: self.links.move(pane, scaled=bool(self.company)))
        pane.planes.arranged.connect(self._rest_soon)
        pane.marked.connect(lambda voxel: self.marked.emit(voxel) if pane is self.front else None)
        pane.turned.connect(lambda steps, around: self.turned.emit(steps, around) if pane is self.front else None)
        pane.activated.connect(lambda: self._turn_to(pane))

    def _turn_to(self, pane: ScanPane) -> None:
        if pane is self.front:
            return
        if pane.scan is not None and pane.scan == self.front.scan:
            frame = 0 if self.front.viewing is None else self.front.viewing.frame
            self._seats = self._seats.turned_to_same(frame)
        self._front = self.panes.index(pane)
        self._hush()
        self.turned_to.emit(pane.scan)

    def _change(self, pane: ScanPane, viewing: Viewing) -> None:
        if pane is self.front:
            self.changed.emit(viewing)
        else:
            self.beside_changed.emit()

    def _arrive(self, pane: ScanPane) -> None:
        self.links.arrive(pane)
        self._follow_front()

    def _follow_front(self) -> None:
        tell_elsewhere(self.panes, self.front)
        self.links.follow(self.front, scaled=bool(self.company))
