"""The maps of a volume, computed once however many ask for them at the same time."""

from collections.abc import Callable
from threading import Lock
from weakref import WeakValueDictionary

from engine.control import Control
from engine.imaging.volume import Volume
from engine.maps import Maps, relaxation_maps

Report = Callable[..., None]
WAIT_S = 0.1


class MapsOnce:
    """To be asked off the GUI thread. Nothing is kept once nobody computes or waits any more."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._turns: WeakValueDictionary[int, _Turn] = WeakValueDictionary()

    def of(self, volume: Volume, report: Report, control: Control) -> Maps:
        """The maps, once whoever was first has them; where that one was ended, they are computed here."""
        with self._guard:
            turn = self._turns.setdefault(id(volume), _Turn(volume))
        while not turn.lock.acquire(timeout=WAIT_S):
            control.check()
        try:
            if turn.maps is None:
                turn.maps = relaxation_maps(volume, control, report)
            return turn.maps
        finally:
            turn.lock.release()


class _Turn:
    """Whose turn it is to compute the maps of a volume, which stays in memory until then."""

    def __init__(self, volume: Volume) -> None:
        self.volume = volume
        self.lock = Lock()
        self.maps: Maps | None = None
