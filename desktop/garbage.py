"""Python's garbage is collected on the GUI thread, and on no other.

A collection begins in whichever thread happens to allocate, and destroys what it finds right there. For a widget in a
reference cycle that may be a thread that reads a scan, while Qt goes through all widgets to change their theme: the
process ends without a word.
"""

import ctypes
import gc
import sys
import time

from psutil import Process
from PySide6.QtCore import QCoreApplication, QObject, QTimer

INTERVAL_MS = 100
YOUNG_MS = 500
EACH = 10
KEEPING_MS = 1000
GROWTH_BYTES = 64 << 20
MUCH_BYTES = 256 << 20
HUGE_BYTES = 1 << 30
SHARE = 20
MASS = 20_000
MOST = 150_000
"""Objects that are looked through in no time, and in less than a moment."""


class GarbageCollector(QObject):
    """Takes the place of the automatic collection while it lives, in steps of the same kind.

    Young objects are looked through each time, those that outlived that at every tenth, all at every hundredth; none
    while hardly anything was allocated. A few large ones count as much as many small ones: whenever the process has
    grown by GROWTH_BYTES, the younger are looked through at once, and all where it has grown by MUCH_BYTES. To look
    through all takes no more than one part in SHARE of the time.

    A mass, such as a large cohort on its way, would hold the window up: what is too much to be looked through is passed
    over, and everything that was is only looked through once the process has grown by HUGE_BYTES.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fewest = gc.get_threshold()[0]
        self._looks = self._times = self._aged = self._old = 0
        self._memory = Process().memory_info
        self._level = self._low = self._resident
        self._not_before = 0.0
        gc.disable()
        timer = QTimer(self, interval=INTERVAL_MS)
        timer.timeout.connect(self.look)
        timer.start()
        self._soon = QTimer(self, interval=KEEPING_MS, singleShot=True)
        self._soon.timeout.connect(self.keep)
        self.destroyed.connect(_as_before)

    def look(self) -> None:
        """Collect as much as is due by now."""
        self._looks += 1
        if gc.get_count()[0] > MASS:
            self._collect_young(0)
        elif self._resident - self._level > GROWTH_BYTES:
            self._make_room()
        elif self._looks % (YOUNG_MS // INTERVAL_MS) == 0:
            self.collect()
        self._level = min(self._level, self._resident)

    def collect(self) -> None:
        """Collect as much as is due by the number of objects."""
        if gc.get_count()[0] <= self._fewest:
            return
        self._times += 1
        if self._times % EACH**2 == 0 and time.monotonic() >= self._not_before:
            self._collect_all()
        else:
            self._collect_young(1 if self._times % EACH == 0 else 0)

    def pass_over(self) -> None:
        """Pass over all there is from here on, unseen and so at once: what has come in a mass is no garbage.

        What was garbage already stays until the next `keep`, which comes when the process has grown by much.
        """
        self._soon.stop()
        self._freeze()
        self._low = self._level = self._resident

    def keep_soon(self) -> None:
        """`keep`, once nothing has asked for it for a moment."""
        self._soon.start()

    def keep(self) -> None:
        """Pass over what is there now from here on, for it stays: a window, a cohort. What was kept before may go."""
        gc.unfreeze()
        self._collect_all(however_many=True)
        self._freeze()

    def _freeze(self) -> None:
        self._aged = self._old = 0
        gc.freeze()

    def _collect_young(self, generation: int) -> None:
        """The youngest, and those that outlived that; too many of them, such as of a cohort, are passed over."""
        come = gc.get_count()[0]
        if come > 4 * MASS:
            self._freeze()
            return
        self._aged += come - gc.collect(0)
        if self._aged > 2 * MASS:
            self._freeze()
        elif generation:
            self._old += self._aged - gc.collect(generation)
            self._aged = 0

    def _make_room(self) -> None:
        """The youngest first: what a thread holds at this moment outlives it, and is garbage of the next age soon."""
        self._collect_young(0)
        _give_back()
        if self._resident - self._level > GROWTH_BYTES:
            self._collect_young(1)
            _give_back()
        if self._has_much(MUCH_BYTES) and time.monotonic() >= self._not_before:
            self._collect_all()
            if self._has_much(MUCH_BYTES if gc.get_freeze_count() < MOST else HUGE_BYTES):
                self.keep()
                self._low = self._resident
        self._level = self._resident

    def _has_much(self, much: int) -> bool:
        return self._resident - self._low > much

    def _collect_all(self, *, however_many: bool = False) -> None:
        begun = time.monotonic()
        if however_many or self._old + self._aged + gc.get_count()[0] <= MOST:
            gc.collect()
        else:
            self._freeze()
        _give_back()
        ended = time.monotonic()
        self._not_before = ended + SHARE * (ended - begun)
        self._low = min(self._low, self._resident)

    @property
    def _resident(self) -> int:
        return int(self._memory().rss)


def collect_here(app: QCoreApplication) -> GarbageCollector:
    """From now on garbage is collected on the thread of `app`; once is enough."""
    there = app.findChild(GarbageCollector)
    return GarbageCollector(app) if there is None else there


def _give_back() -> None:
    """What the allocator keeps for the next time hides how much garbage there is."""
    if sys.platform == "linux":
        getattr(ctypes.CDLL(None), "malloc_trim", int)(0)


def _as_before() -> None:
    gc.unfreeze()
    gc.enable()
