"""The reader registry: which reader takes a file, and what all of them do."""

import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.source import ScanSource
from engine.imaging.unreadable import Unreadable
from engine.registry import Info, Registry

if TYPE_CHECKING:
    from engine.imaging.discovery import Offer

_LOOKED_FOR = 2  # of a series the reader itself says which file went
HEAD_BYTES = 1024
_GZIP = b"\x1f\x8b"
_START_BYTES = 4096  # as much of a gzip file as gives its head
_OPENING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)

Found = ScanHeader | Unreadable
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Reader:
    """One file format, or one library's family of formats.

    `claims` says, from the first HEAD_BYTES of a file (of what is in it, where it is gzip), whether the file is of
    this format whatever its name; it must be quick and never raise. `suffixes` are the endings of files that ought
    to be of it. `survey` tells the scans in files that were given to this reader, from headers only, each file
    appearing in a scan or as Unreadable; it raises nothing but Cancelled. `open` raises nothing but ReadError.
    `offers` tells which of some scans may be one.
    """

    info: Info
    suffixes: tuple[str, ...]
    claims: Callable[[bytes], bool]
    survey: Callable[[Sequence[Path], Control, Progress], Iterable[Found]]
    open: Callable[[ScanSource], OpenedScan]
    offers: "Callable[[Sequence[ScanHeader]], Sequence[Offer]] | None" = None


readers: Registry[Reader] = Registry("reader", "engine.imaging.readers")


def surveyed_one_by_one(inspect: Callable[[Path], Iterable[ScanHeader]]) -> Callable[..., Iterable[Found]]:
    """The `survey` of a format in which every file stands for itself; `inspect` raises only ReadError."""

    def survey(paths: Sequence[Path], control: Control, progress: Progress) -> Iterable[Found]:
        for done, path in enumerate(paths, start=1):
            control.check()
            try:
                yield from inspect(path)
            except ReadError as failure:
                yield Unreadable.of(path, failure)
            progress(done, len(paths))

    return survey


def reader_of(head: bytes, name: str, among: Sequence[Reader]) -> tuple[Reader | None, bool]:
    """The reader for a file that begins so and has this name, and whether its content says so or only the name."""
    for reader in among:
        if reader.claims(head):
            return reader, True
    name = name.lower()
    return next((reader for reader in among if name.endswith(reader.suffixes)), None), False


def head_of(path: Path) -> bytes:
    """The first bytes of a file, of what is in it where it is gzip; ReadError where it cannot be opened."""
    return heads_of(path)[1]


def heads_of(path: Path) -> tuple[bytes, bytes]:
    """The first bytes of a file, and of what is in it where it is gzip; ReadError where it cannot be opened."""
    try:
        start = _start_of(path)
    except FileNotFoundError:
        raise ReadError("the file is not there", path=path, hint="Was it moved, or is a drive unplugged?") from None
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or "it cannot be opened"
        raise ReadError(f"cannot be read: {reason}", path=path, hint="Check the drive and permissions.") from failure
    head = start[:HEAD_BYTES]
    if not start.startswith(_GZIP):
        return head, head
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        inside = unpacking.decompress(start, HEAD_BYTES)
    except zlib.error:
        return head, head
    return head, inside if inside or unpacking.eof else head


def _start_of(path: Path) -> bytes:
    """One open and one read, for there are many files; what became a pipe meanwhile does not block."""
    descriptor = os.open(path, _OPENING)
    try:
        return os.read(descriptor, _START_BYTES)
    finally:
        os.close(descriptor)


def known_suffixes() -> list[str]:
    """Every ending that some reader takes."""
    return sorted(suffix for reader in readers for suffix in reader.suffixes)


def open_scan(source: ScanSource) -> OpenedScan:
    """Open a scan that was found before."""
    missing = next((file for file in source.files[:_LOOKED_FOR] if not file.exists()), None)
    if missing is not None:
        raise ReadError("the file is not there", path=missing, hint="Was it moved, or is a drive unplugged?")
    return readers.get(source.reader).open(source)
