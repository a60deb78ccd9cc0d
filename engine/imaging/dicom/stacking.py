"""From pictures in any order to scans, each with its header."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from engine.imaging.dicom.certifying import geometry_doubts
from engine.imaging.dicom.frame_axes import ECHO, INVERSION, REPETITION
from engine.imaging.dicom.grouping import groups_of, in_order, kind_of, without_copies
from engine.imaging.dicom.laying import Grid, Laid, pictures_of
from engine.imaging.dicom.picture_doubts import picture_doubts
from engine.imaging.dicom.placing import affine_of
from engine.imaging.dicom.records import DicomFile, Slice, Stack
from engine.imaging.dicom.splitting import laid_out
from engine.imaging.dicom.titles import titles_of
from engine.imaging.dicom.voxel_type import dtype_of, scaling_of, stored_of
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.source import ScanSource


def stacks_of(slices: Iterable[Slice]) -> list[Stack]:
    """The scans in some pictures, the same for any order of them.

    Every picture lies in exactly one scan, except those of files that are copies of others.
    """
    pictures, copies = without_copies(in_order(slices))
    series: dict[tuple[str, str], list[Laid]] = defaultdict(list)
    for group in groups_of(pictures):
        series[group[0].file.study, group[0].file.series] += laid_out(group)
    shared = Counter(file.path for scans in series.values() for laid in scans for file in _files(laid.grid))
    stacks = []
    for scans in series.values():
        for laid, title in zip(scans, titles_of(scans), strict=True):
            alone = all(shared[file.path] == 1 for file in _files(laid.grid))
            part = "" if alone else part_of(laid.grid[0][0])
            copied = sum(copies.get(id(picture), 0) for picture in pictures_of(laid.grid))
            stacks.append(Stack(_header(laid, title, part, copied), laid.grid))
    return stacks


def part_of(picture: Slice) -> str:
    """What a scan that begins with this picture is called among others in the same files."""
    where = "" if picture.tile is None else f" at {picture.tile[0]}, {picture.tile[1]}"
    return f"from picture {picture.index + 1}{where}"


def _files(grid: Grid) -> list[DicomFile]:
    """The files of a grid in the order of its pictures."""
    return list({picture.file.path: picture.file for picture in pictures_of(grid)}.values())


def _header(laid: Laid, title: str, part: str, copied: int) -> ScanHeader:
    slices = pictures_of(laid.grid)
    files = _files(laid.grid)
    first = slices[0]
    rows, columns = first.shape
    return ScanHeader(
        ScanSource("dicom", tuple(file.path for file in files), part),
        "dicom",
        (columns, rows, len(laid.grid[0])),
        affine_of(laid.grid[0]),
        dtype_of(slices, files),
        len(laid.grid),
        laid.kind,
        laid.values,
        first.file.modality,
        scaling_of(slices),
        title,
        first.file.study,
        first.file.series,
        identity=first.file.identity,
        details=_details(slices, files),
        doubts=(*laid.doubts, *geometry_doubts(laid.grid[0]), *picture_doubts(slices, files), *_copied(copied)),
        stored=stored_of(files),
    )


def _details(slices: Sequence[Slice], files: Sequence[DicomFile]) -> dict[str, str]:
    """What all files say alike, and the times that hold for all pictures."""
    details = dict(files[0].details)
    for file in files[1:]:
        if file.details is files[0].details:
            continue
        details = {key: text for key, text in details.items() if file.details.get(key) == text}
    if kind_of(slices[0]):
        details["image type"] = " ".join(kind_of(slices[0])).lower()
    for axis in (ECHO, INVERSION, REPETITION):
        values = {axis.value(picture) for picture in slices}
        details.pop(f"{axis.kind} (ms)", None)
        if len(values) == 1 and (value := values.pop()) is not None:
            details[f"{axis.kind} (ms)"] = f"{value:.10g}"
    return details


def _copied(count: int) -> Iterator[Doubt]:
    if count:
        yield Doubt("duplicate", f"copies of its pictures, {count} in all, lie beside it and are left out", "note")
