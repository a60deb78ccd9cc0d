"""Pixels that lie uncompressed in a file: exactly the bytes of a frame are read, straight to where they belong."""

import math
import os
from types import TracebackType
from typing import Any

import numpy as np

from engine.errors import ReadError
from engine.imaging.dicom.limits import HALVED
from engine.imaging.dicom.records import DicomFile, Encoding
from engine.imaging.volume import Array

BIG_ENDIAN = "1.2.840.10008.1.2.2"
NATIVE = frozenset({"", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.113619.5.2", BIG_ENDIAN})
_WIDTHS = {1, 8, 16, 32, 64}
_FLOATS = {"FloatPixelData": "f4", "DoubleFloatPixelData": "f8"}


class Truncated(ReadError):
    """The file ends before the frame does."""


def is_raw(encoding: Encoding) -> bool:
    """Whether the pixels are grey levels that lie bare in the file at a known place."""
    bare = encoding.syntax in NATIVE and encoding.offset > 0 and encoding.length >= 0
    return bare and encoding.samples == 1 and encoding.photometric != "PALETTE COLOR"


def stored_type(encoding: Encoding) -> np.dtype[Any]:
    """The type of the stored values, in this machine's byte order; ReadError where there is none of that width."""
    if encoding.element in _FLOATS:
        return np.dtype(_FLOATS[encoding.element])
    if encoding.bits_allocated not in _WIDTHS:
        raise ReadError(f"its pixels have {encoding.bits_allocated} bits", hint="Convert it with another program.")
    return np.dtype(f"{'i' if encoding.signed else 'u'}{max(encoding.bits_allocated // 8, 1)}")


class RawFile:
    """The frames of an open file whose encoding `is_raw`; a context manager. OSError where it cannot be read."""

    def __init__(self, file: DicomFile) -> None:
        self._file, self._encoding = file, file.encoding
        self._dtype = stored_type(file.encoding)
        self._stream = file.path.open("rb", buffering=0)
        self._swapped = self._is_swapped()

    def __enter__(self) -> "RawFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    @property
    def dtype(self) -> np.dtype[Any]:
        """What frames are made of."""
        return self._dtype

    def frame(self, index: int) -> Array:
        """The stored values of a frame, (rows, columns); Truncated where they are not all there."""
        needed(self._file, index)
        if self._encoding.bits_allocated == 1:
            return self._bits(index)
        values = np.empty((self._file.rows, self._file.columns), self._dtype)
        self.read_into(values, index)
        return values

    def read_into(self, values: Array, index: int) -> None:
        """The stored values of a frame that is there, written to a contiguous array of `dtype`."""
        if self._dtype.itemsize == 1 and self._swapped:
            values[...] = self._swapped_bytes(index, values.nbytes).reshape(values.shape)
        else:
            self._fill(memoryview(values.reshape(-1).view(np.uint8)), index * values.nbytes)  # type: ignore[arg-type]
            if self._swapped:
                values.byteswap(inplace=True)
        _bits_in_use(values, self._encoding)

    def _fill(self, target: memoryview, start: int) -> None:
        self._stream.seek(self._encoding.offset + start)
        got = 0
        while got < len(target):
            more = self._stream.readinto(target[got:])
            if not more:
                raise _truncated(self._file)
            got += more

    def _bytes(self, start: int, count: int) -> Array:
        values = np.empty(count, np.uint8)
        self._fill(memoryview(values), start)  # type: ignore[arg-type]
        return values

    def _swapped_bytes(self, index: int, count: int) -> Array:
        first, last = index * count, (index + 1) * count
        words = self._bytes(first - first % 2, last + last % 2 - (first - first % 2))
        return words.view("u2").byteswap().view("u1")[first % 2 : first % 2 + count]

    def _bits(self, index: int) -> Array:
        count = self._file.rows * self._file.columns
        first, last = index * count, (index + 1) * count
        start, end = first // 8, math.ceil(last / 8)
        if self._swapped:
            start, end = start - start % 2, end + end % 2
        packed = self._bytes(start, end - start)
        if self._swapped:
            packed = packed.view("u2").byteswap().view("u1")
        bits = np.unpackbits(packed, bitorder="little")[first - 8 * start : last - 8 * start]
        return bits.reshape(self._file.rows, self._file.columns).view(self._dtype)

    def _is_swapped(self) -> bool:
        if self._encoding.syntax != BIG_ENDIAN:
            return False
        if self._dtype.itemsize > 1:
            return True
        # Bytes and bits are swapped in pairs where they were written as words, which the 12 bytes before them tell.
        self._stream.seek(self._encoding.offset - 8)
        return self._stream.read(2) == b"OW"


def frame_bits(file: DicomFile) -> int:
    """The size of one frame that lies bare in the file."""
    samples = 2 if file.encoding.photometric == HALVED else file.encoding.samples
    return file.rows * file.columns * samples * file.encoding.bits_allocated


def needed(file: DicomFile, index: int) -> None:
    """Raise Truncated where the file does not reach to the end of a frame."""
    end = math.ceil((index + 1) * frame_bits(file) / 8)
    held = min(file.encoding.length, os.stat(file.path).st_size - file.encoding.offset)  # noqa: PTH116 - once for every slice
    if held < end:
        raise _truncated(file)


def _truncated(file: DicomFile) -> Truncated:
    total = math.ceil(file.frames * frame_bits(file) / 8)
    held = max(min(file.encoding.length, file.path.stat().st_size - file.encoding.offset), 0)
    what = f"the file is cut short: {held} of {total} bytes of its pixels are there"
    return Truncated(what, path=file.path, hint="Copy it again from where it came.")


def _bits_in_use(values: Array, encoding: Encoding) -> None:
    """Drop what overlays, padding or shifts put beside the bits of the pixel itself, in place."""
    if encoding.element in _FLOATS or not 0 < encoding.bits_stored <= encoding.bits_allocated:
        return
    unused = encoding.bits_allocated - encoding.bits_stored
    shift = max(min(encoding.high_bit + 1 - encoding.bits_stored, unused), 0)
    if encoding.signed and unused:
        np.left_shift(values, unused - shift, out=values)
        np.right_shift(values, unused, out=values)
    elif unused:
        if shift:
            np.right_shift(values, shift, out=values)
        np.bitwise_and(values, values.dtype.type((1 << encoding.bits_stored) - 1), out=values)
