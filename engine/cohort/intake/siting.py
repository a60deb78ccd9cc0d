"""Where scans lie in their source, as the user knows it."""

from collections.abc import Sequence
from pathlib import Path

from engine.cohort.intake.layout import Placed, Site
from engine.imaging import Discovery


def site_of(source: Path, found: Discovery) -> Site:
    """The scans by their places in the source, and the folder in which a label table would lie beside them.

    Of an archive, folders that everything in it lies in do not count.
    """
    shown = [found.shown(scan.source.files[0]) for scan in found.scans]
    top = source if source.is_dir() or zipped(source, shown) else source.parent
    while not source.is_dir() and (inner := _only_folder(top, shown)) is not None:
        top = inner
    placed = [Placed(scan, path.relative_to(top)) for scan, path in zip(found.scans, shown, strict=True)]
    return Site(placed, found.unpacked.placed(top))


def zipped(source: Path, shown: Sequence[Path]) -> bool:
    """Whether the files lie inside of the source, an archive."""
    return all(path != source and path.is_relative_to(source) for path in shown)


def _only_folder(top: Path, shown: Sequence[Path]) -> Path | None:
    """The one folder in which everything lies, each in a folder of its own further down."""
    inside = [path.relative_to(top).parts for path in shown]
    if len({parts[0] for parts in inside}) == 1 and min(map(len, inside)) > 2:
        return top / inside[0][0]
    return None
