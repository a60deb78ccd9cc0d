"""The arrays in an `.npz`: which of them are images, and how to reach their numbers."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import numpy as np

from engine.errors import ReadError
from engine.imaging.arrays.layout import Layout, read_layout, refuse_other_than_images
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import DAMAGED
from engine.imaging.stored.limits import refuse_beyond
from engine.imaging.stored.mapped import MappedScan, kept
from engine.imaging.stored.streamed import StreamedScan
from engine.imaging.volume import Array

_LOCAL = struct.Struct("<4s22xHH")  # signature, length of the name, length of the extra field


@dataclass(frozen=True)
class Member:
    """One array of the archive."""

    path: Path
    entry: ZipInfo
    layout: Layout

    @property
    def part(self) -> str:
        """Its name."""
        return self.entry.filename.removesuffix(".npy")

    @property
    def packed(self) -> bool:
        """Whether it is compressed."""
        return self.entry.compress_type != ZIP_STORED

    def scan(self, header: ScanHeader) -> OpenedScan:
        """Mapped where it is not compressed; else streamed, or unpacked where its slices do not lie in a row."""
        values, layout = self.layout.values, self.layout
        if self.packed and layout.sequential:
            return StreamedScan(header, values, self.path, self.opened, layout.begin)
        arranged = self._arranged if not self.packed else kept(self._arranged)
        return MappedScan(header, values, self.path, arranged)

    def saved(self) -> Array:
        """The array as it was saved: mapped and read-only where it is not compressed, else unpacked."""
        if self.packed:
            with self.opened() as stream:
                unpacked: Array = np.lib.format.read_array(stream, allow_pickle=False)
                return unpacked
        order = "F" if self.layout.fortran else "C"
        return np.memmap(self.path, self.layout.stored, "r", self.begin(), self.layout.shape, order)  # type: ignore[call-overload, no-any-return]

    def opened(self) -> BufferedIOBase:
        """Its bytes, uncompressed."""
        return _opened(self.path, self.entry)

    def begin(self) -> int:
        """Where in the archive its numbers begin, if it is not compressed."""
        with self.path.open("rb") as stream:
            stream.seek(self.entry.header_offset)
            signature, name, extra = _LOCAL.unpack(stream.read(_LOCAL.size))
        if signature != b"PK\x03\x04":
            raise ReadError("the archive is damaged", path=self.path, hint=DAMAGED)
        return int(self.entry.header_offset + _LOCAL.size + name + extra + self.layout.begin)

    def _arranged(self) -> Array:
        return self.layout.arranged(self.saved())


def members(path: Path) -> Iterator[Member | ReadError]:
    """The images among the arrays, and what is wrong with those that cannot be looked into.

    Passed over are arrays with fewer than two axes, and tables with one row per picture of a stack beside them.
    """
    with ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.endswith(".npy")]
    found = [_member(path, entry) for entry in entries]
    stacks = {each.layout.shape[0] for each in found if isinstance(each, Member) and len(each.layout.shape) > 2}
    for each in found:
        if isinstance(each, ReadError) or (each is not None and not _is_table(each.layout.shape, stacks)):
            yield each


def _is_table(shape: tuple[int, ...], stacks: set[int]) -> bool:
    return len(shape) == 2 and shape[0] in stacks


def _member(path: Path, entry: ZipInfo) -> Member | ReadError | None:
    try:
        layout = _layout(path, entry)
        if sum(size > 1 for size in layout.shape) < 2:
            return None
        refuse_other_than_images(layout, path)
        _refuse_bombs(path, entry, layout)
        return Member(path, entry, layout.coloured())
    except ReadError as failure:
        return ReadError(f"its array {entry.filename!r}: {failure.what}", path=path, hint=failure.hint)


def _layout(path: Path, entry: ZipInfo) -> Layout:
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ReadError("it is compressed in a way NumPy does not write", path=path, hint="Save it again with NumPy.")
    with _opened(path, entry) as stream:
        return read_layout(cast(IO[bytes], stream), path)


def _refuse_bombs(path: Path, entry: ZipInfo, layout: Layout) -> None:
    """What the array claims has to be what the archive claims, and that has to fit into the file."""
    refuse_beyond(path, layout.begin + layout.bytes, compressed=False, held=entry.file_size)
    refuse_beyond(path, entry.compress_size, compressed=False)
    packed = entry.compress_type != ZIP_STORED
    refuse_beyond(path, layout.begin + layout.bytes, compressed=packed, held=entry.compress_size)


def _opened(path: Path, entry: ZipInfo) -> BufferedIOBase:
    with ZipFile(path) as archive:
        return cast(BufferedIOBase, archive.open(entry))
