"""The bytes of a file, plain or gzip, told apart by what it holds and not by its name."""

from io import BufferedIOBase, BufferedReader, FileIO
from pathlib import Path
from typing import cast

from engine.control import Control

PIECE = 256 << 10
_MOST_AFTER = 64 << 20


def compressed(path: Path) -> bool:
    """Whether the file is gzip, whatever it is called."""
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def opened(path: Path) -> BufferedIOBase:
    """The uncompressed bytes of the file; of gzip, the checksum of each member is verified as its end is passed."""
    stream = path.open("rb")
    return gunzipped(stream) if compressed(path) else stream


def gunzipped(stream: BufferedReader) -> BufferedIOBase:
    """What is packed in the stream from where it stands on; closing it closes the stream."""
    from isal import igzip

    unpacked = igzip.IGzipFile(fileobj=stream, mode="rb")  # type: ignore[no-untyped-call]
    unpacked.myfileobj = cast(FileIO, stream)
    return cast(BufferedIOBase, unpacked)


def fill(stream: BufferedIOBase, target: memoryview, control: Control) -> None:
    """Fill `target` from the stream in pieces; EOFError where it ends before."""
    done = 0
    while done < len(target):
        control.check()
        count = stream.readinto(target[done : done + PIECE])
        if not count:
            raise EOFError
        done += count


def pass_over(stream: BufferedIOBase, count: int, control: Control) -> None:
    """Skip so many bytes of the stream; EOFError where it ends before."""
    spare = memoryview(bytearray(min(count, PIECE)))
    while count > 0:
        part = spare[:count]
        fill(stream, part, control)
        count -= len(part)


def drained(stream: BufferedIOBase, control: Control) -> int:
    """How many bytes are left in the stream, whose end is reached unless they are absurdly many."""
    spare, passed = memoryview(bytearray(PIECE)), 0
    while passed < _MOST_AFTER:
        control.check()
        count = stream.readinto(spare)
        if not count:
            break
        passed += count
    return passed
