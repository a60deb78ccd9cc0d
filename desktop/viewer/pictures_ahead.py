"""Single pictures read before they are asked for, so that one can leaf through them as through slices."""

from functools import partial

from PySide6.QtCore import QObject

from desktop.bridge import Bridge, Task
from desktop.viewer.loading import prepared
from desktop.viewer.scan_values import Loaded
from desktop.viewer.stop import Stop
from engine.control import Control
from engine.errors import Cancelled, IsocenterError
from engine.imaging.source import ScanSource

MOST = 40
MOST_BYTES = 256 << 20


class PicturesAhead(QObject):
    """Reads what is expected, one after the other; keeps at most MOST of them, and MOST_BYTES in all."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._expected: tuple[ScanSource, ...] = ()
        self._kept: dict[ScanSource, Loaded] = {}
        self._unreadable: set[ScanSource] = set()
        self._stop = Stop()
        self._task: Task | None = None
        self.destroyed.connect(self._stop)

    @property
    def ready(self) -> tuple[ScanSource, ...]:
        """What has been read."""
        return tuple(self._kept)

    def of(self, source: ScanSource) -> Loaded | None:
        """The picture, if it has been read."""
        return self._kept.get(source)

    def expect(self, sources: tuple[ScanSource, ...]) -> None:
        """These may be asked for, the first soonest; what was read of others is let go."""
        self._expected = sources[:MOST]
        self._kept = {source: self._kept[source] for source in self._expected if source in self._kept}
        self._next()

    def forget(self) -> None:
        """Keep nothing, and end what is being read at its next safe point."""
        self._stop()
        if self._task is not None:
            self._task.cancel()
        self._task, self._expected, self._kept = None, (), {}
        self._unreadable.clear()

    def _next(self) -> None:
        """Read the nearest that is not there; what is farther makes room for it."""
        if self._task is not None:
            return
        there = self._kept.keys() | self._unreadable
        place = next((i for i, source in enumerate(self._expected) if source not in there), None)
        if place is None or not self._has_room(self._expected[place + 1 :]):
            return
        source = self._expected[place]
        work = partial(_read, source, self._stop.begin())
        self._task = self._bridge.submit(work, partial(self._keep, source), partial(self._pass, source), self)

    def _has_room(self, farther: tuple[ScanSource, ...]) -> bool:
        """Whether another can be kept, if need be instead of some of these, the last first."""
        room = MOST_BYTES - sum(map(_bytes_of, self._kept.values()))
        for source in reversed(farther):
            if room > 0:
                break
            room += _bytes_of(self._kept.pop(source)) if source in self._kept else 0
        return room > 0

    def _keep(self, source: ScanSource, read: list[Loaded]) -> None:
        self._task = None
        if read and source in self._expected:
            self._kept[source] = read.pop()
        self._next()

    def _pass(self, source: ScanSource, error: IsocenterError) -> None:
        """Who asks for it will be told."""
        self._task = None
        self._unreadable.add(source)
        self._next()


def _read(source: ScanSource, control: Control) -> list[Loaded]:
    """The picture in a list that its taker empties: a Future keeps its answer until the garbage is collected."""
    from engine.imaging import open_scan

    try:
        return [prepared(open_scan(source).load(control=control))]
    except Cancelled:
        return []


def _bytes_of(loaded: Loaded) -> int:
    colour = loaded.volume.colour
    return loaded.volume.array.nbytes + loaded.sample.nbytes + (0 if colour is None else colour.nbytes)
