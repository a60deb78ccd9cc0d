"""Which scan a picture shows, and how far its sizes can be trusted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import ref

from desktop.measuring.sizes import Trust, trust_in
from desktop.pages.view.facts import doubts_of
from desktop.viewer.scan_pane import ScanPane
from desktop.viewer.slice_view import SliceView
from engine.cohort.cohort import Scan
from engine.imaging.volume import Volume

if TYPE_CHECKING:
    from desktop.pages.view.panes import Panes


@dataclass(frozen=True, eq=False)
class Shown:
    """A scan on the screen; `volume` is None as long as some of it is still to come."""

    scan: Scan
    volume: Volume | None
    trust: Trust


class Sight:
    """Knows the panes; keeps no volume."""

    def __init__(self, panes: "Panes") -> None:
        self._panes = panes
        self._trusted: dict[int, tuple[Scan, ref[Volume], Trust]] = {}

    def of_view(self, view: SliceView) -> Shown | None:
        """What a picture shows; nothing while it waits for another scan."""
        if view.viewing is None:
            return None
        pane = next((pane for pane in self._panes.panes if pane.isAncestorOf(view)), None)
        return None if pane is None else self.of_pane(pane)

    def of_pane(self, pane: ScanPane) -> Shown | None:
        """What a pane shows, once there is something."""
        if pane.scan is None or pane.loaded is None:
            return None
        volume = pane.loaded.volume
        return Shown(pane.scan, None if pane.filling else volume, self._trust(pane.scan, volume))

    def scans(self) -> tuple[int, ...]:
        """The ids of all scans that are shown or on their way."""
        return tuple(pane.scan.id for pane in self._panes.panes if pane.scan is not None)

    def _trust(self, scan: Scan, volume: Volume) -> Trust:
        known = self._trusted.get(scan.id)
        if known is None or known[0] is not scan or known[1]() is not volume:
            known = self._trusted[scan.id] = (scan, ref(volume), trust_in(volume, doubts_of(scan, volume)))
        return known[2]
