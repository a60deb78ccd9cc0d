"""Archives of NumPy arrays: each array of two to four axes is a scan, told apart by its name."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.arrays.archive import Member, members
from engine.imaging.arrays.samples import sample_in
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Found, Progress, Reader, readers
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.unplaced import frames_told, laid_flat, stem_of
from engine.imaging.unreadable import Unreadable
from engine.registry import Info


def claims(head: bytes) -> bool:
    """Whether it is a zip archive whose first file is a saved array."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    length = int.from_bytes(head[26:28], "little")
    return head[30 : 30 + length].endswith(b".npy")


def survey(paths: Sequence[Path], control: Control, progress: Progress) -> Iterable[Found]:
    """Every image in every archive."""
    for done, path in enumerate(paths, start=1):
        control.check()
        try:
            with read_errors(path):
                yield from _found(path)
        except ReadError as failure:
            yield Unreadable.of(path, failure)
        progress(done, len(paths))


def open_npz(source: ScanSource) -> OpenedScan:
    """The scan, or one sample of many, its voxels not yet read."""
    path = source.files[0]
    with read_errors(path):
        if (found := sample_in(source)) is not None:
            samples, number = found
            return samples.scan(number)
        for member in members(path):
            if isinstance(member, Member) and member.part == source.part:
                return member.scan(_described(member))
        hint = "Was the file changed? Look into it again."
        raise ReadError(f"there is no array {source.part!r} in it", path=path, hint=hint)


def _found(path: Path) -> list[Found]:
    found: list[Found] = [
        _described(each) if isinstance(each, Member) else Unreadable.of(path, each) for each in members(path)
    ]
    if not found:
        hint = "Save pictures as arrays of numbers with two to four axes."
        raise ReadError("there is no image among its arrays", path=path, hint=hint)
    return found


def _described(member: Member) -> ScanHeader:
    path, layout = member.path, member.layout
    sidecar = read_sidecar(path, layout.frames)
    affine, geometry = laid_flat(sidecar)
    axis, unsure = frames_told(layout.frames, sidecar)
    placed = sidecar.affine is not None or sidecar.spacing is not None
    return ScanHeader(
        ScanSource("npz", (path,), member.part),
        "npz",
        layout.shape_xyz,
        affine,
        layout.values.dtype.name,
        layout.frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        title=f"{stem_of(path.name)}: {member.part}",
        details={"stored as": layout.stored.name},
        doubts=geometry + (() if placed else _maybe_pictures(member)) + _colour(member) + sidecar.doubts + unsure,
        companions=sidecar.files,
    )


def _maybe_pictures(member: Member) -> tuple[Doubt, ...]:
    slices = member.layout.shape_xyz[2]
    told = f"the slices of {member.part!r} may be {slices} pictures of different people"
    return (Doubt("mixed", told),) if slices > 1 else ()


def _colour(member: Member) -> tuple[Doubt, ...]:
    told = f"the {member.layout.channels} values on its last axis are taken for colours"
    return (Doubt("colour", told),) if member.layout.channels > 1 else ()


readers.register(
    Reader(
        Info("npz", "NumPy archive", "Several arrays in one file, each of them a scan; labels are passed over."),
        (".npz",),
        claims,
        survey,
        open_npz,
    )
)
