"""One scan with everything to look at it: the picture, its slices and frames, loading and trouble."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.viewer.ahead import Ahead
from desktop.viewer.incoming import Begun, Request, Wish
from desktop.viewer.memory import ViewMemory
from desktop.viewer.pane_frame import PaneFrame
from desktop.viewer.pane_names import PaneNames
from desktop.viewer.reading import Reading
from desktop.viewer.scan_values import Loaded
from desktop.viewer.settling import granted, settled
from desktop.viewer.volume_cell import Factory, nothing
from engine.cohort.cohort import Scan
from engine.errors import IsocenterError
from engine.pictures.linked import Linked
from engine.pictures.plane import Voxel, World
from engine.pictures.viewing import Viewing


class ScanPane(PaneFrame):
    """Has a scan read off the GUI thread and shows it from its first slice on; until then the picture before stays.

    `arrived` tells that a scan is shown, or its trouble, `progressed` that more of it has come, `completed` that all
    has. `changed` tells the viewing after every change, `moved` only those that somebody made.
    """

    arrived = Signal()
    progressed = Signal()
    completed = Signal()
    changed = Signal(object)
    moved = Signal()

    def __init__(
        self,
        bridge: Bridge,
        memory: ViewMemory,
        named: Callable[[str], str] = str,
        volume_view: Factory = nothing,
        ahead: Ahead | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(volume_view, self.load_again, self._say_loading, PaneNames(named), parent)
        self._reading = Reading(bridge, self)
        self._memory = memory
        self._ahead = ahead
        self._wish = Wish()
        self._role = ""
        self._first_look: Linked | None = None
        self._connect()

    @property
    def waiting(self) -> bool:
        """Whether nothing of the scan asked for is there yet."""
        return self._reading.under_way and self.loaded is None

    @property
    def filling(self) -> bool:
        """Whether something of the scan asked for is still to come."""
        return self._reading.under_way

    def show_scan(self, scan: Scan, voxel: Voxel | None = None, frame: int | None = None) -> None:
        """Ask for a scan, at a voxel and frame if they are given; only the last asked for is ever shown."""
        if self.scan is None or scan != self.scan:
            self.scan, self._wish, self._role = scan, Wish(voxel, frame), self._memory.role_of(scan)
            self.load_again()
        elif self.waiting:
            self._wish = Wish(voxel, frame)
        elif self.viewing is not None:
            self.planes.rename(self._names.of(scan))
            self._go_to(granted(self.viewing, Wish(voxel, frame)))

    def load_again(self) -> None:
        """Read the scan anew; nothing is kept of what was shown but its picture."""
        scan = self.scan
        if scan is None:
            return
        self.loaded = self._first_look = None
        self.cine.wait()
        ready = None if self._ahead is None else self._ahead.pictures.of(scan.source)
        if ready is not None:
            self._reading.give_up()
            self.planes.forget()
            self._done(ready)
            return
        self.planes.hold()
        opened = None if self._ahead is None else self._ahead.take(scan.source)
        self._reading.read(Request(scan.source, self._wish, self._memory.of(self._role, scan.patient)), opened)
        self.sign.begin()

    def let_go(self) -> None:
        """Show nothing, and keep nothing of the scan."""
        self._reading.give_up()
        self.sign.end()
        self.cine.let_go()
        self.planes.clear()
        self.stack.setCurrentWidget(self.planes)
        self.scan = self.loaded = self._first_look = None

    def become(self, viewing: Viewing) -> None:
        """Show this, remember it for the next patient, and tell."""
        self.planes.become(viewing)
        self._was_changed(viewing)

    def go_to_position(self, world: World) -> None:
        """Turn all planes to a RAS+ position, as far as it lies in the scan; nobody is told but the memory."""
        if self.planes.linked is not None:
            self.planes.change_all(self.planes.linked.at(world))
            self._keep()
            self._attend()

    def _begun(self, begun: Begun) -> None:
        """Its first slice is there."""
        self.loaded = begun.loaded
        self.sign.begun()
        viewing = self._looked_at(begun)
        self._show(viewing)
        self._first_look = self.planes.linked
        self._tell(viewing)
        self.arrived.emit()

    def _done(self, loaded: Loaded) -> None:
        """All of it is there: only who has touched nothing yet is shown another frame or window, once."""
        early, self.loaded = self.loaded, loaded
        self.sign.end()
        linked = self.planes.linked
        if early is None or linked is None or linked is self._first_look:
            self._show(self._looked_at(loaded))
            self.view.repaint()
        else:
            self.planes.change_all(linked.each(partial(settled, early=early, loaded=loaded)))
        self._first_look = None
        if self.viewing is not None:
            self._follow(self.viewing)
        if early is None:
            self.arrived.emit()
        self.completed.emit()

    def _failed(self, error: IsocenterError) -> None:
        self.sign.end()
        self.loaded = None
        self.cine.stop()
        focused = self.window().focusWidget() is self.view
        self.planes.clear()
        self._enable(False)
        if self.scan is not None:
            self.trouble.show_error(
                f"{self.scan.role} of {self._names.named(self.scan.patient)} cannot be shown", error
            )
        self.stack.setCurrentWidget(self.trouble)
        if focused:
            self.trouble.setFocus()
        self.arrived.emit()

    def _more(self) -> None:
        """More has come, of which some may be on the screen."""
        viewing = self.viewing
        if not self.sign.patient:
            self._say_loading()
        self.planes.refresh()
        if viewing is not None:
            self._want()
            self.progressed.emit()

    def _looked_at(self, scan: Begun | Loaded) -> Viewing:
        """The first look at what there is of the scan."""
        assert self.scan is not None
        loaded, presence = (scan.loaded, scan.presence) if isinstance(scan, Begun) else (scan, None)
        patient, hanging = self.scan.patient, self.planes.hanging
        return granted(self._memory.first_look(self._role, loaded, presence, patient, hanging), self._wish)

    def _show(self, viewing: Viewing) -> None:
        assert self.scan is not None
        focused = self.window().focusWidget() is self.trouble
        self.stack.setCurrentWidget(self.planes)
        if focused:
            self.view.setFocus()
        self._enable(True)
        kept = self._memory.of(self._role)
        self.planes.show_viewing(viewing, self._names.of(self.scan), None if kept is None else dict(kept.cameras))

    def _go_to(self, viewing: Viewing) -> None:
        if viewing is not self.viewing:
            self.become(viewing)

    def _was_changed(self, viewing: Viewing) -> None:
        self._follow(viewing)
        self.moved.emit()

    def _follow(self, viewing: Viewing) -> None:
        self._keep()
        self._tell(viewing)

    def _keep(self) -> None:
        linked, main = self.planes.linked, self.planes.main
        if self.scan is not None and linked is not None and main is not None:
            preset = "" if self.loaded is None else self.loaded.name_of(main.window)
            patient, hanging = self.scan.patient, self.planes.hanging
            self._memory.keep(self._role, main, patient, linked.cameras, preset, hanging)

    def _tell(self, viewing: Viewing) -> None:
        self._attend()
        self.changed.emit(viewing)

    def _attend(self) -> None:
        super()._attend()
        self._want()

    def _want(self) -> None:
        """What is looked at is not waited for until its turn comes."""
        for viewing in () if self.planes.linked is None else self.planes.linked.viewings:
            if viewing.wanting is not None:
                self._reading.fetch(viewing.wanting)

    def _say_loading(self) -> None:
        if self.scan is None or not self.filling:
            return
        words = f"Loading {self._names.named(self.scan.patient)} {self.scan.role}…" if self.waiting else ""
        self.sign.say(self._reading.share, words)

    def _connect(self) -> None:
        self.planes.changed.connect(self._was_changed)
        self.cine.wanted.connect(self.become)
        self._reading.begun.connect(self._begun)
        self._reading.more.connect(self._more)
        self._reading.done.connect(self._done)
        self._reading.failed.connect(self._failed)
        self._enable(False)
