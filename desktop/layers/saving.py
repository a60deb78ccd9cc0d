"""Maps as files: computed first, where they are not yet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.layers.laying import Laying
from desktop.layers.making import Mapped, saved
from desktop.layers.maps_once import MapsOnce, Report
from desktop.session import Session
from engine.cohort.cohort import Scan
from engine.control import Control
from engine.imaging.volume import Volume


class MapSaver(QObject):
    """Writes the maps of scans as jobs, which go on where another scan is turned to."""

    def __init__(self, session: Session, once: MapsOnce, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._once = session, once

    def save(self, laying: Laying, folder: Path) -> None:
        """Write those of the scan that something is laid over; nothing is written over."""
        scan, volume = laying.scan, laying.volume
        if scan is None or volume is None:
            return
        title = f"Saving the maps of {self._session.patient_name(scan.patient)} {scan.role}"
        work = saving(scan, volume, laying.mapped, self._once, folder)
        self._session.bridge.submit_job(title, work, self._tell, owner=self)

    def _tell(self, paths: list[Path]) -> None:
        self._session.announced.emit(told(paths))


def saving(
    scan: Scan, volume: Volume, there: Mapped | None, once: MapsOnce, folder: Path
) -> Callable[[Report, Control], list[Path]]:
    """The work that writes the maps of a scan into a folder, as `isocenter map` does; it answers with the files."""

    def work(report: Report, control: Control) -> list[Path]:
        maps = once.of(volume, report, control) if there is None else there.maps
        control.check()
        return saved(scan, maps, folder)

    return work


def told(paths: list[Path]) -> str:
    """What was written and where, in a sentence."""
    names = ", ".join(path.name for path in paths)
    return f"Saved {len(paths)} maps in {paths[0].parent}: {names}"
