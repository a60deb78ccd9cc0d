"""The scan that is laid over another: read off the GUI thread, kept only while it is compared."""

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Bridge
from desktop.viewer.ahead import Ahead
from desktop.viewer.incoming import Request
from desktop.viewer.reading import Reading
from desktop.viewer.scan_values import Loaded
from engine.cohort.cohort import Scan
from engine.errors import IsocenterError


class OtherScan(QObject):
    """`ready` tells that the scan wanted last is `loaded`, `failed` why it cannot be; that is tried again only when
    somebody asks to."""

    ready = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, ahead: Ahead, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scan: Scan | None = None
        self.loaded: Loaded | None = None
        self._fallen = False
        self._ahead = ahead
        self._reading = Reading(bridge, self)
        self._reading.done.connect(self._came)
        self._reading.failed.connect(self._fell)

    @property
    def reading(self) -> bool:
        """Whether it is still to come."""
        return self._reading.under_way

    def want(self, scan: Scan) -> None:
        """Have this scan read, unless it is or was."""
        if scan != self.scan:
            self.scan, self.loaded, self._fallen = scan, None, False
            self._reading.read(Request(scan.source), self._ahead.take(scan.source))

    def try_again(self) -> None:
        """Have it read anew when it is wanted next, where it could not be."""
        if self._fallen:
            self.scan = None

    def let_go(self) -> None:
        """Keep nothing."""
        self._reading.give_up()
        self.scan = self.loaded = None
        self._fallen = False

    def _came(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.ready.emit()

    def _fell(self, error: IsocenterError) -> None:
        self._fallen = True
        self.failed.emit(error)
