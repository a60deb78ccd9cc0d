"""The bytes of a `.nii` or `.nii.gz`, told apart by what they hold and not by the name."""

import gzip
from io import BufferedIOBase
from pathlib import Path

from engine.errors import ReadError
from engine.imaging.read_errors import DAMAGED

_MOST_EXPANSION = 1032  # what deflate reaches at best
_PIECE = 1 << 20


def compressed(path: Path) -> bool:
    """Whether the file is gzip, whatever it is called."""
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def opened(path: Path) -> BufferedIOBase:
    """The uncompressed bytes of the file."""
    return gzip.open(path, "rb") if compressed(path) else path.open("rb")


def refuse_if_too_short(path: Path, needed: int) -> None:
    """ReadError, before anything is allocated, where the file cannot hold what its header claims."""
    size = path.stat().st_size
    if compressed(path):
        if needed > size * _MOST_EXPANSION + _PIECE:
            raise ReadError("its header claims more than the file can hold", path=path, hint=DAMAGED)
    elif needed > size:
        raise ReadError(f"cut short: {size} of {needed} bytes", path=path, hint=DAMAGED)


def fill(path: Path, offset: int, target: memoryview) -> None:
    """Fill `target` with the bytes from `offset` on; of a compressed file the checksum is verified too."""
    with opened(path) as stream:
        _pass_over(stream, offset)
        done = 0
        while done < len(target):
            count = stream.readinto(target[done : done + _PIECE])
            if not count:
                raise ReadError(f"cut short: {done} of {len(target)} bytes", path=path, hint=DAMAGED)
            done += count
        if isinstance(stream, gzip.GzipFile):
            while stream.read(_PIECE):
                pass


def _pass_over(stream: BufferedIOBase, count: int) -> None:
    while count > 0:
        piece = stream.read(min(count, _PIECE))
        if not piece:
            raise EOFError
        count -= len(piece)
