"""Python's garbage is collected on the GUI thread, and on no other.

A collection begins in whichever thread happens to allocate, and destroys what it finds right there. For a widget in a
reference cycle that may be a thread that reads a scan, while Qt goes through all widgets to change their theme: the
process ends without a word.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

INTERVAL_MS = 500
EACH = 10


class GarbageCollector(QObject):
    """Takes the place of the automatic collection while it lives, in steps of the same kind.

    Young objects are looked through each time, those that outlived that at every tenth, all at every hundredth; none
    while hardly anything was allocated.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fewest = gc.get_threshold()[0]
        self._times = 0
        gc.disable()
        timer = QTimer(self, interval=INTERVAL_MS)
        timer.timeout.connect(self.collect)
        timer.start()
        self.destroyed.connect(lambda: gc.enable())

    def collect(self) -> None:
        """Collect as much as is due."""
        if gc.get_count()[0] > self._fewest:
            self._times += 1
            gc.collect(2 if self._times % EACH**2 == 0 else 1 if self._times % EACH == 0 else 0)


def collect_here(app: QCoreApplication) -> None:
    """From now on garbage is collected on the thread of `app`; once is enough."""
    if app.findChild(GarbageCollector) is None:
        GarbageCollector(app)
