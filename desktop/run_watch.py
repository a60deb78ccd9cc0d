"""Following one run: its events, live or from its folder, become a progress that views can draw."""

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.bridge import Bridge, Task

if TYPE_CHECKING:
    from engine.runs import RunFolder
    from engine.runs.events import Event
    from engine.runs.progress import RunProgress

REDRAW_MS = 40
LOOK_MS = 1000


class RunWatch(QObject):
    """`changed` comes at most 25 times a second, whatever the event rate; `ended` when the work is over.

    A run that this window works on hands its events to `take`; any other is followed by its `events.jsonl`.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, folder: "RunFolder", bridge: Bridge, parent: QObject | None = None) -> None:
        from engine.runs.progress import RunProgress

        super().__init__(parent)
        self.folder = folder
        self.progress: RunProgress = RunProgress()
        self._bridge = bridge
        self._arrived: deque[Event] = deque()
        self._offset = 0
        self._looking: Task | None = None
        self._at_work = False
        self._redraw = QTimer(self, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._apply)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)

    @property
    def name(self) -> str:
        """The run's name."""
        return self.folder.name

    def begin(self, progress: "RunProgress") -> None:
        """Expect events by `take` from now on; `progress` is where the run stood."""
        self.stop()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._arrived.clear()
        self.progress = progress
        self._redraw.start()

    def follow(self) -> None:
        """Read the folder now, and go on reading while somebody works on the run."""
        if not self._redraw.isActive():
            self._look.start()
            self.look()

    def take(self, event: "Event") -> None:
        """An event has happened; may be called from any thread, at any rate."""
        self._arrived.append(event)

    def stop(self) -> None:
        """Follow no longer."""
        self._redraw.stop()
        self._look.stop()

    def finish(self) -> None:
        """The work is over and its last event was taken; the folder holds the same events."""
        self.stop()
        self._apply()
        if self.folder.events_path.exists():
            self._offset = self.folder.events_path.stat().st_size
        self.changed.emit()
        self.ended.emit()

    def look(self) -> None:
        """Read what was appended to the folder's events since the last look."""
        if self._looking is not None:
            return
        folder, offset = self.folder, self._offset
        self._looking = self._bridge.submit(lambda: _read(folder, offset), self._looked, self._not_readable, owner=self)

    def _looked(self, found: "tuple[list[Event], int, bool]") -> None:
        self._looking = None
        events, self._offset, at_work = found
        for event in events:
            self.progress.apply(event)
        if not at_work:
            self._look.stop()
            self.progress.settle(self.folder)
        was_at_work, self._at_work = self._at_work, at_work
        self.changed.emit()
        if was_at_work and not at_work:
            self.ended.emit()

    def _not_readable(self, error: object) -> None:
        self._looking = None
        self.stop()
        self._bridge.failed.emit(error)

    def _apply(self) -> None:
        some = bool(self._arrived)
        while self._arrived:
            self.progress.apply(self._arrived.popleft())
        if some:
            self.changed.emit()


def _read(folder: "RunFolder", offset: int) -> "tuple[list[Event], int, bool]":
    """Whether it is worked on is asked first: so the last events cannot be missed."""
    from engine.filelock import is_locked
    from engine.runs import read_events

    at_work = is_locked(folder.path / ".lock")
    events, end = read_events(folder.events_path, offset)
    return events, end, at_work
