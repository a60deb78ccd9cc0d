"""One scan being read for a pane: its work, what has come of it, and how to end it."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.bridge import Bridge, Task
from desktop.viewer.incoming import Begun, Incoming, Request
from desktop.viewer.loading import load
from desktop.viewer.scan_values import Loaded
from desktop.viewer.stop import Stop
from engine.control import Control
from engine.errors import Cancelled, IsocenterError
from engine.imaging.opened import OpenedScan
from engine.imaging.volume import Array
from engine.pictures.presence import Slice

FIRST_LOOK_MS, LOOK_MS = 8, 40


class Reading(QObject):
    """Reads one scan after the other; only what was asked for last is ever told of.

    `begun` tells that the first slice is there, `more` from then on at most every LOOK_MS that others are, `done` that
    all are, `failed` why that cannot be. While `done` or `failed` is still to come, `under_way` is true.
    """

    begun = Signal(object)
    more = Signal()
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.incoming: Incoming | None = None
        self._bridge = bridge
        self._task: Task | None = None
        self._fetching: Task | None = None
        self._stop = Stop()
        self._told: Begun | None = None
        self._share = 0.0
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_again)
        self.destroyed.connect(self._stop)

    @property
    def under_way(self) -> bool:
        return self._task is not None

    @property
    def share(self) -> float:
        """How much of the scan has come, from 0 to 1."""
        return 0.0 if self.incoming is None else self.incoming.share

    def read(self, request: Request, opened: OpenedScan | None = None) -> None:
        """Give up what was read before, and begin with this, which may be `opened` already."""
        self.give_up()
        bridge, control = self._bridge, self._stop.begin()
        self.incoming = Incoming(control, lambda: bridge.closed)
        work = partial(_load, request, self.incoming, control, opened)
        self._task = self._bridge.submit(work, self._ended, self._fell, owner=self)
        self._look.start(FIRST_LOOK_MS)

    def give_up(self) -> None:
        """Stop reading at the next safe point, and keep nothing of it."""
        self._stop()
        for task in (self._task, self._fetching):
            if task is not None:
                task.cancel()
        self._look.stop()
        self._task = self._fetching = self.incoming = self._told = None
        self._share = 0.0

    def fetch(self, place: Slice) -> None:
        """Read one slice out of turn, where that is quicker than to wait; one at a time."""
        begun = self._told
        if begun is None or begun.in_turn or self._fetching is not None or begun.loaded.volume.colour is not None:
            return
        work = partial(begun.opened.plane, *place)
        self._fetching = self._bridge.submit(work, partial(self._fetched, place), self._not_fetched, owner=self)

    def _look_again(self) -> None:
        begun = None if self.incoming is None else self.incoming.begun
        if begun is not None and begun is not self._told:
            self._told = begun
            self._look.setInterval(LOOK_MS)
            self.begun.emit(begun)
        if self.share != self._share:
            self._share = self.share
            self.more.emit()

    def _ended(self, loaded: list[Loaded]) -> None:
        scan = loaded.pop()
        self.give_up()
        self.done.emit(scan)

    def _fell(self, error: IsocenterError) -> None:
        self.give_up()
        self.failed.emit(error)

    def _fetched(self, place: Slice, values: Array) -> None:
        self._fetching = None
        if self._told is not None:
            self._told.presence.fetch(place, values)
            self.more.emit()

    def _not_fetched(self, error: IsocenterError) -> None:
        """The reading of the whole will meet the same, and say so."""
        self._fetching = None


def _load(request: Request, incoming: Incoming, control: Control, opened: OpenedScan | None = None) -> list[Loaded]:
    """The scan in a list that its taker empties, and no failure that nobody waits for.

    A Future keeps its answer, and an error the frames it went through, until the garbage is collected: both would
    hold the scan's array long after the next one is on the screen.
    """
    try:
        return [load(request, incoming, control, opened)]
    except Cancelled:
        return []
