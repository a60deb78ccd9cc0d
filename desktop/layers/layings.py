"""The layers of every pane, and what one pane knows of the others."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.layers.laying import Laying
from desktop.layers.looks import Looks
from desktop.layers.making import Mapped
from desktop.layers.maps_once import MapsOnce
from desktop.layers.ordering import Around
from desktop.layers.wishes import Wishes
from desktop.scan_names import scan_names
from desktop.session import Session
from desktop.viewer.scan_pane import ScanPane
from engine.cohort.cohort import Scan
from engine.imaging.volume import Volume


class Layings(QObject):
    """Those of a pane are made when they are first asked for. `changed` tells of which pane they did."""

    changed = Signal(object)

    def __init__(self, session: Session, panes: Callable[[], tuple[ScanPane, ...]], parent: QObject) -> None:
        super().__init__(parent)
        self.wishes, self.looks, self.once = Wishes(), Looks(), MapsOnce()
        self.shown = True
        self._session, self._panes = session, panes
        self._of: dict[ScanPane, Laying] = {}
        session.workspace_changed.connect(self._forget)

    def of(self, pane: ScanPane) -> Laying:
        """The layers over a pane's scan."""
        if pane not in self._of:
            around = Around(self._scan, self._volume, self._maps)
            made = Laying(pane, self._session.bridge, self.wishes, self.looks, around, self.once)
            made.shown = self.shown
            made.failed.connect(self._session.failed)
            made.changed.connect(lambda: self.changed.emit(pane))
            pane.completed.connect(made.follow)
            self._of[pane] = made
        return self._of[pane]

    def follow(self) -> None:
        """Take up what is wished for over the scan of each pane."""
        for pane in self._panes():
            self.of(pane).follow()

    def show(self, shown: bool) -> None:
        """Show the layers of every scan, or none for now."""
        self.shown = shown
        for laying in self._of.values():
            laying.show(shown)

    def let_go(self) -> None:
        """Keep nothing of any scan."""
        for laying in self._of.values():
            laying.let_go()

    def _scan(self, scan: Scan, name: str) -> Scan | None:
        cohort = self._session.cohort
        patient = None if cohort is None else cohort.by_key.get(scan.patient)
        return None if patient is None else scan_names(patient.scans).get(name)

    def _volume(self, scan: Scan) -> Volume | None:
        """The volume of a scan that another pane shows."""
        shown = (pane for pane in self._panes() if pane.scan == scan and not pane.filling)
        return next((pane.loaded.volume for pane in shown if pane.loaded is not None), None)

    def _maps(self, volume: Volume) -> Mapped | None:
        """The maps of a volume that were computed for another pane."""
        same = (laying.mapped for laying in self._of.values() if laying.volume is volume)
        return next((mapped for mapped in same if mapped is not None), None)

    def _forget(self) -> None:
        """Another workspace: nothing is wished for there yet."""
        self.wishes.forget()
        self.looks.forget()
