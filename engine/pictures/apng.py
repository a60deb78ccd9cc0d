"""Animated PNG, written picture by picture: exact, in all colours, and no longer than one picture in memory."""

import struct
import zlib
from collections.abc import Iterable
from typing import BinaryIO

import numpy as np

from engine.pictures.picture import Picture

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BITS, TRUE_COLOUR = 8, 2
UP = 2
LEVEL = 6


def write_apng(stream: BinaryIO, pictures: Iterable[Picture], step_ms: int, *, loop: bool) -> int:
    """Write pictures (rows, columns, 3) of one size to a stream that can be gone back in; how many there were.

    Each stands `step_ms`. A viewer that knows no animation shows the first.
    """
    count, number, control = 0, 0, 0
    for picture in pictures:
        rows, columns = picture.shape[:2]
        if not count:
            stream.write(SIGNATURE)
            _chunk(stream, b"IHDR", struct.pack(">IIBBBBB", columns, rows, BITS, TRUE_COLOUR, 0, 0, 0))
            control = stream.tell()
            _chunk(stream, b"acTL", _animation(0, loop))
        _chunk(stream, b"fcTL", struct.pack(">IIIIIHHBB", number, columns, rows, 0, 0, step_ms, 1000, 0, 0))
        number += 1
        if count:
            _chunk(stream, b"fdAT", struct.pack(">I", number) + _packed(picture))
            number += 1
        else:
            _chunk(stream, b"IDAT", _packed(picture))
        count += 1
    if count:
        _chunk(stream, b"IEND", b"")
        stream.seek(control)
        _chunk(stream, b"acTL", _animation(count, loop))
    return count


def _animation(count: int, loop: bool) -> bytes:
    return struct.pack(">II", count, 0 if loop else 1)


def _packed(picture: Picture) -> bytes:
    """Every row as its difference from the one above."""
    rows = picture.reshape(len(picture), -1)
    filtered = np.empty((len(rows), rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    return zlib.compress(filtered.data, LEVEL)


def _chunk(stream: BinaryIO, kind: bytes, content: bytes) -> None:
    stream.write(struct.pack(">I", len(content)))
    stream.write(kind)
    stream.write(content)
    stream.write(struct.pack(">I", zlib.crc32(content, zlib.crc32(kind))))
