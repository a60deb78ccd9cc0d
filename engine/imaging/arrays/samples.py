"""Arrays whose first axis counts samples, each a picture or a volume of its own, such as `train_images[17]`."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.arrays.archive import Member, members
from engine.imaging.arrays.layout import Layout, read_layout, refuse_other_than_images
from engine.imaging.arrays.unpacking import unpacked_sample
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.stored.gunzip import fill
from engine.imaging.stored.limits import refuse_beyond
from engine.imaging.stored.mapped import MappedScan
from engine.imaging.stored.values import Values
from engine.imaging.unplaced import laid_flat
from engine.imaging.volume import Array

_PART = re.compile(r"(.*)\[(\d+)\]", re.DOTALL)
_COLOURS = (3, 4)
_READERS = ("npz", "npy")


@dataclass(frozen=True)
class Samples:
    """An array of an archive, or of a file of its own (which has no `name`): one sample after the other.

    Where it is not compressed, its numbers begin at the byte `begin` of the file.
    """

    path: Path
    name: str
    layout: Layout
    begin: int = 0
    member: Member | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return self.layout.shape[0]

    @property
    def channels(self) -> int:
        """3 or 4 where the last axis is colour, else 1."""
        last = self.layout.shape[-1]
        return last if len(self.layout.shape) == 4 and last in _COLOURS and self.layout.stored == np.uint8 else 1

    @property
    def grid(self) -> tuple[int, int, int]:
        """(slices, rows, columns) of each sample; an axis of one grey value per pixel does not count."""
        shape = self.layout.shape[1:]
        if len(shape) == 3 and (self.channels > 1 or shape[2] == 1):
            shape = shape[:2]
        return (1, *shape) if len(shape) == 2 else (shape[0], shape[1], shape[2])

    @property
    def odd(self) -> str:
        """Why its samples are no pictures or volumes; empty where they are."""
        shape = self.layout.shape
        if len(shape) not in (3, 4):
            return f"an array of shape {shape} does not hold a picture or volume per sample"
        if len(shape) == 4 and shape[3] in _COLOURS and self.channels == 1:
            return f"its {shape[3]} values per pixel are {self.layout.stored}; colours are read as uint8 only"
        return ""

    @property
    def values(self) -> Values:
        """How stored numbers become voxels."""
        return Values(self.layout.stored, None, self.channels)

    def sample(self, number: int) -> Array:
        """(1, slices, rows, columns), of colours (..., channels), as stored; nothing of the others is held."""
        found = self._saved(number)
        colours = (self.channels,) if self.channels > 1 else ()
        return found.reshape((1, *self.grid, *colours))

    def _saved(self, number: int) -> Array:
        if self.member is not None and self.member.packed:
            return unpacked_sample(self.member, number)
        if self.layout.fortran:
            whole = np.load(self.path, "r", allow_pickle=False) if self.member is None else self.member.saved()
            return np.array(whole[number])
        sample = np.empty(self.layout.shape[1:], self.layout.stored)
        with self.path.open("rb") as stream:
            stream.seek(self.begin + number * sample.nbytes)
            fill(stream, sample.reshape(-1).view(np.uint8).data, Control())
        return sample

    def headers(self) -> Iterator[ScanHeader]:
        """One for each sample, in their order."""
        first = self.header(0)
        facts = {each.name: getattr(first, each.name) for each in fields(first)}
        for number in range(self.count):
            part = f"{self.name}[{number}]"
            source = ScanSource(first.source.reader, (self.path,), part)
            yield ScanHeader(**facts | {"source": source, "title": part})

    def header(self, number: int) -> ScanHeader:
        """What is known of a sample before it is read."""
        sidecar = read_sidecar(self.path, 1)
        affine, geometry = laid_flat(sidecar)
        slices, rows, columns = self.grid
        part = f"{self.name}[{number}]"
        reader = "npy" if self.member is None else "npz"
        return ScanHeader(
            ScanSource(reader, (self.path,), part),
            reader,
            (columns, rows, slices),
            affine,
            self.values.dtype.name,
            modality=sidecar.modality,
            title=part,
            details={"stored as": self.layout.stored.name},
            doubts=geometry + self._doubts() + sidecar.doubts,
            companions=sidecar.files,
        )

    def scan(self, number: int) -> OpenedScan:
        """The sample, its voxels not yet read."""
        return MappedScan(self.header(number), self.values, self.path, lambda: self.sample(number))

    def _doubts(self) -> tuple[Doubt, ...]:
        eight = (Doubt("eight-bit", "its grey levels are 8-bit", "note"),) if self.layout.stored.itemsize == 1 else ()
        told = f"the {self.channels} values on its last axis are taken for colours"
        return (*eight, Doubt("colour", told, "note")) if self.channels > 1 else eight


def sample_in(source: ScanSource) -> tuple[Samples, int] | None:
    """The array in which a sample lies, and its number; None where the source is no sample. ReadError."""
    found = _PART.fullmatch(source.part)
    if found is None or source.reader not in _READERS:
        return None
    arrays, number = arrays_in(source.files[0], source.reader), int(found[2])
    if source.part in arrays:
        return None
    samples = arrays.get(found[1])
    if samples is None or samples.odd or number >= samples.count:
        hint = "Was the file changed? Look into it again."
        raise ReadError(f"there is no sample {source.part!r} in it", path=source.files[0], hint=hint)
    return samples, number


def arrays_in(path: Path, reader: str) -> dict[str, Samples]:
    """The arrays of a file by name; that of an npy file has none. ReadError."""
    with read_errors(path):
        state = path.stat()
        return _listed(path, reader, state.st_mtime_ns, state.st_size)


def sample_digest(source: ScanSource, companions: Sequence[Path]) -> str:
    """The SHA-256 of a sample's numbers and shape and of the files beside it; empty where the source is no sample."""
    found = sample_in(source)
    if found is None:
        return ""
    samples, number = found
    digest = hashlib.sha256(f"{samples.layout.stored.str} {samples.grid} {samples.channels}".encode())
    with read_errors(source.files[0]):
        digest.update(np.ascontiguousarray(samples.sample(number)).data)
        for path in companions:
            digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(16)
def _listed(path: Path, reader: str, changed: int, size: int) -> dict[str, Samples]:
    """What is in the file as it was changed then: looked at once, however many of its samples are opened."""
    if reader == "npz":
        found = (each for each in members(path) if isinstance(each, Member))
        return {each.part: Samples(path, each.part, each.layout.plain(), _begin(each), each) for each in found}
    with path.open("rb") as stream:
        layout = read_layout(stream, path)
    refuse_other_than_images(layout, path)
    refuse_beyond(path, layout.begin + layout.bytes, compressed=False)
    return {"": Samples(path, "", layout, layout.begin)}


def _begin(member: Member) -> int:
    return 0 if member.packed else member.begin()
