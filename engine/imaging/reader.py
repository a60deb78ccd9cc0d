"""The reader registry: which reader takes a file, and the two things all of them do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ReadError
from engine.imaging.header import ScanHeader
from engine.imaging.volume import Volume
from engine.registry import Info, Registry


@dataclass(frozen=True)
class Reader:
    """One file format.

    `inspect` reads the header only. `read` returns the volume, its array memory-mapped where the format
    allows. Both raise ReadError, and nothing else, for any content of the file.
    """

    info: Info
    suffixes: tuple[str, ...]
    inspect: Callable[[Path], ScanHeader]
    read: Callable[[Path], Volume]


readers: Registry[Reader] = Registry("reader", "engine.imaging.readers")


def find_reader(path: Path) -> Reader:
    """The reader for a file, by the ending of its name."""
    name = path.name.lower()
    for reader in readers:
        if name.endswith(reader.suffixes):
            return reader
    known = sorted(suffix for reader in readers for suffix in reader.suffixes)
    raise ReadError("no reader for this kind of file", path=path, hint=f"Readable are: {', '.join(known)}.")


def is_scan_file(path: Path) -> bool:
    """Whether some reader takes files of this name."""
    name = path.name.lower()
    return any(name.endswith(reader.suffixes) for reader in readers)


def read(path: Path) -> Volume:
    """The volume in a file."""
    return find_reader(path).read(_existing(path))


def inspect(path: Path) -> ScanHeader:
    """The header of a file; its voxels are not read."""
    return find_reader(path).inspect(_existing(path))


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ReadError("the file is not there", path=path, hint="Was it moved, or is a drive unplugged?")
    return path
