"""What shapes measure, reckoned off the GUI thread; of what is pulled at, only the last wish counts."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Bridge
from desktop.measuring.drawn import Drawn
from engine.control import Control
from engine.errors import Cancelled, IsocenterError
from engine.imaging.volume import Volume
from engine.measure import AnyShape, Area, Figures, RegionFigures, figures

AT_ONCE = 3


@dataclass(frozen=True, eq=False)
class _Wish:
    shape: AnyShape
    volume: Volume
    frames: tuple[int, ...] | None
    control: Control = field(default_factory=Control)

    def reckon(self) -> Figures | None:
        """None where somebody wishes otherwise by now."""
        try:
            return figures(self.shape, self.volume, frames=self.frames, control=self.control)
        except Cancelled:
            return None


class Values(QObject):
    """Figures by the shapes' keys. `came` tells the key of those that are there now, or to be asked for again.

    Keeps no volume but those that are being looked at.
    """

    came = Signal(int)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._known: dict[int, tuple[AnyShape, Figures]] = {}
        self._wishes: dict[int, _Wish] = {}
        self._under_way: dict[int, _Wish] = {}

    def of(self, drawn: Drawn, volume: Volume | None, frame: int, *, whole: bool = False) -> Figures | None:
        """All that is known of a shape; more is on its way where a frame, or the `whole` course, is not.

        Of an area that is pulled at these are the figures of a moment ago. Without a volume nothing is asked for.
        """
        if not isinstance(drawn.shape, Area):
            return figures(drawn.shape)
        known = self._known.get(drawn.key)
        if volume is not None and not _suffices(known, drawn.shape, None if whole else frame, volume.frames):
            self._wish(drawn.key, _Wish(drawn.shape, volume, None if whole else (frame,)))
        return None if known is None else known[1]

    def settled(self, drawn: Drawn) -> bool:
        """Whether what is known is of the shape as it is now."""
        known = self._known.get(drawn.key)
        return known is not None and known[0] == drawn.shape

    def drop(self, key: int) -> None:
        """Forget what is known of a shape, for another one gets its key."""
        self._known.pop(key, None)

    def let_go(self) -> None:
        """Reckon no further."""
        self._wishes.clear()
        for wish in self._under_way.values():
            wish.control.cancel()

    def forget(self) -> None:
        """Another workspace was opened."""
        self.let_go()
        self._known.clear()

    def _wish(self, key: int, wish: _Wish) -> None:
        running = self._under_way.get(key)
        if running is not None and running.shape == wish.shape and running.frames in (None, wish.frames):
            return
        self._wishes.pop(key, None)
        self._wishes[key] = wish
        if running is not None and running.shape != wish.shape:
            running.control.cancel()
        self._go_on()

    def _go_on(self) -> None:
        """Begin with what was wished last; some threads are left to others."""
        for key in reversed(tuple(self._wishes)):
            if len(self._under_way) < AT_ONCE and key not in self._under_way:
                self._begin(key, self._wishes.pop(key))

    def _begin(self, key: int, wish: _Wish) -> None:
        self._under_way[key] = wish

        def take(found: Figures | None) -> None:
            del self._under_way[key]
            if found is not None:
                self._known[key] = (wish.shape, self._joined(key, wish, found))
            self._go_on()
            self.came.emit(key)

        def fail(error: IsocenterError) -> None:
            del self._under_way[key]
            self._known[key] = (wish.shape, Figures(notes=(str(error),)))
            self._bridge.failed.emit(error)

        self._bridge.submit(wish.reckon, take, fail, owner=self)

    def _joined(self, key: int, wish: _Wish, found: Figures) -> Figures:
        """With the frames that were known of the same shape."""
        known = self._known.get(key)
        if wish.frames is None or known is None or known[0] != wish.shape:
            return found
        others = (frame for frame in known[1].frames if frame.frame not in wish.frames)
        return replace(found, frames=tuple(sorted((*others, *found.frames), key=lambda frame: frame.frame)))


def at_frame(found: Figures | None, frame: int) -> RegionFigures | None:
    """The figures of a frame, as far as they are known."""
    return next((each for each in found.frames if each.frame == frame), None) if found is not None else None


def _suffices(known: tuple[AnyShape, Figures] | None, shape: AnyShape, frame: int | None, frames: int) -> bool:
    if known is None or known[0] != shape:
        return False
    there = known[1].frames
    return len(there) == frames if frame is None else any(each.frame == frame for each in there)
