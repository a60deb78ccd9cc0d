"""The header of a DICOM file as raw elements, read quickly where it is plain and by pydicom where it is not."""

import os
import stat
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import NoReturn

from engine.errors import ReadError
from engine.imaging.dicom.element_syntax import BIG, EXPLICIT, IMPLICIT, OddError, Raw, ShortError, Syntax
from engine.imaging.dicom.file_start import PLAIN, begin_of, syntax_of
from engine.imaging.dicom.walker import Walk, walk
from engine.imaging.read_errors import DAMAGED

FIRST_READ = 16 * 1024
DEFLATED = "1.2.840.10008.1.2.1.99"
MOST_INFLATED = 64 * 1024 * 1024
MOST_READ = 512 * 1024 * 1024
_UIDS = {id(syntax): uid for uid, syntax in PLAIN.items()}

_OPENING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # what became a pipe does not block


@dataclass(slots=True)
class RawHeader:
    """`pixels` is the tag of the pixel element, 0 where there is none; `offset` and `length` are its value's.

    `length` is -1 for an encapsulated stream, `offset` 0 in a deflated file. `size` is that of the whole file, `cut`
    whether it ends within an element, `odd` whether it took pydicom to read it; `sop_class` is what the file's meta
    information calls it.
    """

    found: Raw = field(default_factory=dict, repr=False)
    big: bool = False
    syntax: str = ""
    pixels: int = 0
    offset: int = 0
    length: int = -1
    size: int = 0
    cut: bool = False
    odd: bool = False
    sop_class: str = ""


def raw_header_of(path: Path) -> RawHeader:
    """The header of a file; ReadError where it is not DICOM or is cut short."""
    with FileIO(os.open(path, _OPENING)) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ReadError("not a file", path=path, hint="Open a file or the folder that it lies in.")
        try:
            return walked(path, stream)
        except OddError:
            header = patiently(path, stream)
            header.odd = True
            return header


def walked(path: Path, stream: FileIO) -> RawHeader:
    """By the quick way; OddError where only the patient one may succeed."""
    data, size = stream.read(FIRST_READ), os.fstat(stream.fileno()).st_size
    begin, uid, sop_class = begin_of(path, data)
    if uid == DEFLATED:
        return _deflated(path, stream, data, begin, size)
    syntax = syntax_of(data, begin, uid)
    state = Walk()
    header = RawHeader(state.found, syntax.big, uid or _UIDS[id(syntax)], size=size, sop_class=sop_class)
    base, header.cut = _walk_windows(path, stream, data, begin, size, syntax, state)
    if state.pixels:
        header.pixels, header.offset, header.length = state.pixels, base + state.offset, state.length
    return header


def _walk_windows(
    path: Path, stream: FileIO, data: bytes, begin: int, size: int, syntax: Syntax, state: Walk
) -> tuple[int, bool]:
    """Walk on through as many stretches of the file as it takes; returns where the last begins, and if it is cut."""
    base, wish, seen = 0, FIRST_READ, 0
    while True:
        try:
            stop = walk(data, begin, syntax, state)
            if state.pixels or base + stop >= size:
                return base, base + stop > size
            wish = FIRST_READ
        except ShortError as short:
            stop = state.position
            wish = max(4 * wish, short.needed - stop)
        if base + len(data) >= size:
            return base, True
        base += stop
        seen += min(wish, size - base)
        if seen > MOST_READ:
            _damaged(path)
        stream.seek(base)
        data, begin = _read(stream, min(wish, size - base)), 0


def _read(stream: FileIO, count: int) -> bytes:
    pieces = []
    while count > 0 and (piece := stream.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _deflated(path: Path, stream: FileIO, data: bytes, begin: int, size: int) -> RawHeader:
    """Inflates no more than the header takes."""
    inflater, packed, plain, wish = zlib.decompressobj(-15), data[begin:], b"", 64 * 1024
    while True:
        piece = inflater.decompress(packed or stream.read(wish), wish)
        plain, packed = plain + piece, inflater.unconsumed_tail
        state = Walk()
        try:
            with suppress(ShortError):
                walk(plain, 0, EXPLICIT, state)
        except OddError:
            _damaged(path)
        if state.pixels or inflater.eof or not (piece or packed) or len(plain) > MOST_INFLATED:
            return RawHeader(state.found, False, DEFLATED, state.pixels, 0, state.length, size)
        wish *= 2


def _damaged(path: Path) -> NoReturn:
    raise ReadError("the DICOM header is damaged", path=path, hint=DAMAGED)


def patiently(path: Path, stream: FileIO) -> RawHeader:
    """By way of pydicom."""
    from engine.imaging.dicom import through_pydicom

    stream.seek(0)
    header = through_pydicom.read(path, stream)
    header.size = os.fstat(stream.fileno()).st_size
    place, state, element = stream.tell(), Walk(), stream.read(12)
    lettered = element[4:6].isalpha()
    with suppress(OddError, ShortError):
        walk(element, 0, (BIG if header.big else EXPLICIT) if lettered else IMPLICIT, state)
    if state.pixels:
        header.pixels, header.offset, header.length = state.pixels, place + state.offset, state.length
    return header
