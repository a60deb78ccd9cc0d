"""Pictures that are met twice: copies of one another, or others that bear the same UID."""

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.control import Control
from engine.imaging.dicom.grouping import in_order, patient_of
from engine.imaging.dicom.records import DicomFile, Slice

_PIECE = 1 << 20


@dataclass
class Pictures:
    """Each picture once. By `id` of those: how often it was met again, and whether another one bears its UID."""

    each: list[Slice]
    copies: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    reused: set[int] = field(default_factory=set)


def without_copies(slices: Iterable[Slice], control: Control | None = None) -> Pictures:
    """A copy says the same of itself and has the same bytes as pixels; of copies, the whole files are taken."""
    met: dict[Hashable, list[Slice]] = defaultdict(list)
    for picture in sorted(in_order(slices), key=lambda picture: picture.file.lacking > 0):
        met[(picture.file.sop_instance or picture.file.path, picture.index, picture.tile)].append(picture)
    found, digests = Pictures([]), _Digests(control or Control())
    for there in met.values():
        kept = there if len(there) == 1 else _originals(there, found, digests)
        found.each += kept
        found.reused.update(map(id, kept if len(kept) > 1 else ()))
    found.each = in_order(found.each)
    return found


def _originals(pictures: Sequence[Slice], found: Pictures, digests: "_Digests") -> list[Slice]:
    """Those of some pictures with one UID that are no copy of another of them; the copies are counted in `found`."""
    alike: dict[Hashable, list[Slice]] = defaultdict(list)
    for picture in pictures:
        kept = alike[_said(picture)]
        original = next((one for one in kept if digests.copied(one, picture)), None)
        if original is None:
            kept.append(picture)
        else:
            found.copies[id(original)] += 1
    return [picture for kept in alike.values() for picture in kept]


def _said(picture: Slice) -> Hashable:
    """What copies have in common."""
    file = picture.file
    return (
        *(patient_of(file), file.study, file.series, file.series_number, picture.shape),
        *(file.encoding.syntax, file.encoding.length),
        *(picture.position, picture.across, picture.down, picture.instance_number, picture.image_type, picture.made),
        *(picture.echo_time, picture.repetition_time, picture.inversion_time, picture.b_value, picture.flip_angle),
        *(picture.trigger_time, picture.temporal_position, picture.acquired, picture.day, picture.acquisition_number),
    )


class _Digests:
    """The content of the pixels of files, each read once and only where two are to be compared."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._known: dict[tuple[Path, int], bytes] = {}

    def copied(self, one: Slice, other: Slice) -> bool:
        """Whether `other`, which says the same, is a copy of `one`, perhaps one that was cut short."""
        if one.file.path == other.file.path:
            return True
        size = _bytes_of([one.file, other.file])
        return self._digest(one.file, size) == self._digest(other.file, size)

    def _digest(self, file: DicomFile, size: int) -> bytes:
        key = (file.path, size)
        if key not in self._known:
            self._control.check()
            self._known[key] = _digest(file, size)
        return self._known[key]


def _bytes_of(files: Sequence[DicomFile]) -> int:
    """How much of their pixels is there in all of them; -1 for everything to the end."""
    lengths = [file.encoding.length - file.lacking for file in files]
    return min(lengths) if all(file.encoding.length >= 0 and file.encoding.offset for file in files) else -1


def _digest(file: DicomFile, size: int) -> bytes:
    """Of so many bytes of its pixels; nothing where it cannot be read."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with file.path.open("rb") as stream:
            stream.seek(file.encoding.offset)
            while size and (block := stream.read(_PIECE if size < 0 else min(size, _PIECE))):
                digest.update(block)
                size -= len(block) if size > 0 else 0
    except OSError:
        return b""
    return digest.digest()
