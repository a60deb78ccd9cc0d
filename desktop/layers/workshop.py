"""Where layers are made, off the GUI thread: each by itself, the maps of a scan as one job."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.bridge import Bridge
from desktop.jobs import Job
from desktop.layers.making import Mapped, mapped
from desktop.layers.maps_once import MapsOnce
from engine.control import Control
from engine.errors import IsocenterError
from engine.imaging.volume import Volume
from engine.pictures.layer import Layer

MAPS = "maps"
PATIENCE_MS = 400
Work = Callable[[Control], Layer]


class Workshop(QObject):
    """`made` and `failed` tell the key of what was ordered; `mapped` the maps, None where the user ended their job.

    What was ended answers nothing any more.
    """

    made = Signal(str, object)
    failed = Signal(str, object)
    mapped = Signal(object)

    def __init__(self, bridge: Bridge, once: MapsOnce, parent: QObject) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._bridge, self._once = bridge, once
        self._orders: dict[str, Control] = {}
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_job)
        self.destroyed.connect(partial(_end_all, self._orders))

    def has(self, key: str) -> bool:
        """Whether it is under way."""
        return key in self._orders

    def order(self, key: str, work: Work) -> None:
        """Have one layer made."""
        control = self._orders[key] = Control()
        done, failed = partial(self._done, key, control), partial(self._fell, key, control)
        self._bridge.submit(partial(work, control), done, failed, owner=self)

    def order_maps(self, volume: Volume, title: str) -> None:
        """Have the maps of a scan computed, unless they are on their way."""
        if self.has(MAPS):
            return
        control = self._orders[MAPS] = Control()
        job = self.job = Job(title, control)
        done, failed = partial(self._have_maps, control), partial(self._fell, MAPS, control)
        task = self._bridge.submit(partial(mapped, volume, self._once, job.report, control), done, failed, owner=self)
        task.job = job
        self._patience.start()

    def end(self, key: str) -> None:
        """Stop what is under way for this."""
        control = self._orders.pop(key, None)
        if control is not None:
            control.cancel()
        if key == MAPS and self.job is not None:
            self.job.cancel()
            self.job = None

    def end_all(self) -> None:
        """Stop everything."""
        for key in tuple(self._orders):
            self.end(key)

    def _show_job(self) -> None:
        """It takes long enough for a row in the tray, which would only flicker from patient to patient else."""
        if self.job is not None:
            self._bridge.add_job(self.job)

    def _done(self, key: str, control: Control, layer: Layer) -> None:
        if self._take(key, control):
            self.made.emit(key, layer)

    def _have_maps(self, control: Control, maps: Mapped | None) -> None:
        if self._take(MAPS, control):
            self.job = None
            self.mapped.emit(maps)

    def _fell(self, key: str, control: Control, error: IsocenterError) -> None:
        if self._take(key, control):
            self.job = None if key == MAPS else self.job
            self.failed.emit(key, error)

    def _take(self, key: str, control: Control) -> bool:
        """Whether this answer is still waited for; nobody waits for it from now on."""
        wanted = self._orders.get(key) is control
        if wanted:
            del self._orders[key]
        return wanted


def _end_all(orders: dict[str, Control], *_: object) -> None:
    for control in orders.values():
        control.cancel()
