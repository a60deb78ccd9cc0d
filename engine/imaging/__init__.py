"""From files on disk to a volume in memory, with geometry that is never guessed."""

from pathlib import Path

from engine.errors import ReadError
from engine.imaging.discovery import Discovery, Offer, discover
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.reader import open_scan
from engine.imaging.source import ScanSource
from engine.imaging.unreadable import Unreadable
from engine.imaging.volume import Facts, FrameAxis, Volume

__all__ = [
    "Discovery",
    "Doubt",
    "Facts",
    "FrameAxis",
    "Offer",
    "OpenedScan",
    "ScanHeader",
    "ScanSource",
    "Unreadable",
    "Volume",
    "discover",
    "inspect",
    "open_scan",
    "read",
]


def inspect(path: Path) -> ScanHeader:
    """The one scan in a file or folder; ReadError where there is none, or are several."""
    found = discover([path])
    if len(found.scans) == 1:
        return found.scans[0]
    if found.scans:
        hint = "Use discover, or 'isocenter inspect', and choose one."
        raise ReadError(f"it holds {len(found.scans)} scans", path=path, hint=hint)
    if found.unreadable:
        first = found.unreadable[0]
        raise ReadError(first.error, path=first.path, hint=first.hint)
    raise ReadError("it holds no files", path=path, hint="Is this the right folder?")


def read(place: ScanSource | Path) -> Volume:
    """The volume of a scan that was found before, or of the one scan in a file or folder."""
    source = place if isinstance(place, ScanSource) else inspect(place).source
    return open_scan(source).load()
