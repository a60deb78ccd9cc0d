"""Scans that will probably be asked for next, opened in good time: the next patient's and the one's before."""

from functools import partial
from threading import Lock

from PySide6.QtCore import QObject, QTimer

from desktop.bridge import Bridge, Task
from desktop.viewer.pictures_ahead import PicturesAhead
from desktop.viewer.stop import Stop
from engine.control import Control
from engine.errors import Cancelled, IsocenterError, ReadError
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.source import ScanSource

REST_MS = 300
MOST = 2
MOST_BYTES = 64 << 20


class Ahead(QObject):
    """Opens what is expected once nothing else has been asked for during REST_MS, one scan after the other.

    At most MOST scans are kept, and none that holds more than MOST_BYTES. `take` may be called from any thread.
    """

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pictures = PicturesAhead(bridge, self)
        self._bridge = bridge
        self._expected: list[ScanSource] = []
        self._opened: dict[ScanSource, OpenedScan] = {}
        self._lock = Lock()
        self._stop = Stop()
        self._task: Task | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._next)
        self.destroyed.connect(self._stop)

    @property
    def ready(self) -> tuple[ScanSource, ...]:
        """What has been opened."""
        with self._lock:
            return tuple(self._opened)

    def expect(self, sources: tuple[ScanSource, ...]) -> None:
        """These may be asked for next; what was opened of others is let go."""
        self.rest()
        wanted = sources[:MOST]
        with self._lock:
            self._opened = {source: scan for source, scan in self._opened.items() if source in wanted}
            self._expected = [source for source in wanted if source not in self._opened]
        self._rest.start()

    def rest(self) -> None:
        """Something else is asked for: begin no other scan, and end the one under way at its next safe point."""
        self._rest.stop()
        self._expected = []
        self._stop()
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def forget(self) -> None:
        """Keep nothing."""
        self.rest()
        self.pictures.forget()
        with self._lock:
            self._opened = {}

    def take(self, source: ScanSource) -> OpenedScan | None:
        """The scan opened, if it is; from now on it belongs to who took it."""
        with self._lock:
            return self._opened.pop(source, None)

    def _next(self) -> None:
        if not self._expected:
            return
        source = self._expected.pop(0)
        work = partial(opened_ahead, source, self._stop.begin())
        self._task = self._bridge.submit(work, partial(self._keep, source), self._not_opened, owner=self)

    def _keep(self, source: ScanSource, opened: list[OpenedScan]) -> None:
        self._task = None
        if opened:
            with self._lock:
                self._opened[source] = opened.pop()
        self._next()

    def _not_opened(self, error: IsocenterError) -> None:
        """Who asks for the scan will be told."""
        self._task = None
        self._next()


def opened_ahead(source: ScanSource, control: Control) -> list[OpenedScan]:
    """The scan with its middle slice read, in a list that its taker empties; none that is too large to be kept."""
    from engine.imaging import open_scan

    try:
        control.check()
        opened = open_scan(source)
        if bytes_of(opened.header) > MOST_BYTES:
            return []
        control.check()
        opened.plane(*opened.centre)
        control.check()
    except (Cancelled, ReadError):
        return []
    return [opened]


def bytes_of(header: ScanHeader) -> int:
    """What all voxels of a scan take."""
    import numpy as np

    x, y, z = header.shape
    return x * y * z * header.frames * np.dtype(header.dtype).itemsize
