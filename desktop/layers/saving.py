"""Maps as files: computed first, where they are not yet."""

from collections.abc import Callable
from pathlib import Path

from desktop.layers.making import Mapped, Report, saved
from engine.cohort.cohort import Scan
from engine.control import Control
from engine.imaging.volume import Volume
from engine.maps import relaxation_maps


def saving(scan: Scan, volume: Volume, there: Mapped | None, folder: Path) -> Callable[[Report, Control], list[Path]]:
    """The work that writes the maps of a scan into a folder, as `isocenter map` does; it answers with the files."""

    def work(report: Report, control: Control) -> list[Path]:
        maps = relaxation_maps(volume, control, report) if there is None else there.maps
        control.check()
        return saved(scan, maps, folder)

    return work


def told(paths: list[Path]) -> str:
    """What was written and where, in a sentence."""
    names = ", ".join(path.name for path in paths)
    return f"Saved {len(paths)} maps in {paths[0].parent}: {names}"
