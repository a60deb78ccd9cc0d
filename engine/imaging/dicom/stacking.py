"""From pictures in any order to scans, each with its header."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from engine.control import Control
from engine.imaging.dicom.certifying import geometry_doubts
from engine.imaging.dicom.copies import Pictures, without_copies
from engine.imaging.dicom.frame_axes import ECHO, FLIP_ANGLE, INVERSION, REPETITION
from engine.imaging.dicom.grouping import groups_of, kind_of, patient_of
from engine.imaging.dicom.laying import Grid, Laid, pictures_of
from engine.imaging.dicom.picture_doubts import picture_doubts
from engine.imaging.dicom.placing import affine_of
from engine.imaging.dicom.records import DicomFile, Slice, Stack
from engine.imaging.dicom.space import space_of
from engine.imaging.dicom.splitting import laid_out
from engine.imaging.dicom.titles import titles_of
from engine.imaging.dicom.torn_series import torn_doubts
from engine.imaging.dicom.voxel_type import dtype_of, scaling_of, stored_of
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.source import ScanSource
from engine.imaging.untold import untold


def stacks_of(slices: Iterable[Slice], control: Control | None = None) -> list[Stack]:
    """The scans in some pictures, the same for any order of them.

    Every picture lies in exactly one scan, except those of files that are copies of others; to know these, the pixels
    of files with the same UIDs are compared. Raises nothing but Cancelled.
    """
    pictures = without_copies(slices, control)
    parts: dict[Hashable, list[list[Slice]]] = defaultdict(list)
    for group in groups_of(pictures.each):
        file = group[0].file
        parts[(patient_of(file), file.study, file.series)].append(group)
    series = {key: _laid_out(groups) for key, groups in parts.items()}
    shared = Counter(file.path for scans in series.values() for laid in scans for file in _files(laid.grid))
    stacks = []
    for scans in series.values():
        for laid, title in zip(scans, titles_of(scans), strict=True):
            alone = all(shared[file.path] == 1 for file in _files(laid.grid))
            part = "" if alone else part_of(laid.grid[0][0])
            said = replace(laid, doubts=(*laid.doubts, *_met_again(laid, pictures), *torn_doubts(laid, scans)))
            stacks.append(Stack(_header(said, title, part), laid.grid))
    return stacks


def _laid_out(groups: Sequence[list[Slice]]) -> list[Laid]:
    """The scans of a series, each with words for how its pictures were made where not all were made alike."""
    common = frozenset.intersection(*(frozenset(group[0].made) for group in groups))
    scans = []
    for group in groups:
        who = group[0].file.identity
        words = tuple(untold(word, who) for word in group[0].made if word not in common)
        scans += [replace(scan, words=(*words, *scan.words)) for scan in laid_out(group)]
    return scans


def part_of(picture: Slice) -> str:
    """What a scan that begins with this picture is called among others in the same files."""
    where = "" if picture.tile is None else f" at {picture.tile[0]}, {picture.tile[1]}"
    return f"from picture {picture.index + 1}{where}"


def _files(grid: Grid) -> list[DicomFile]:
    """The files of a grid in the order of its pictures."""
    return list({picture.file.path: picture.file for picture in pictures_of(grid)}.values())


def _header(laid: Laid, title: str, part: str) -> ScanHeader:
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
        doubts=(*laid.doubts, *geometry_doubts(laid.grid[0]), *picture_doubts(slices, files)),
        stored=stored_of(files),
        frame_of_reference=space_of(files),
        day=first.file.studied,
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
    for axis in (ECHO, INVERSION, REPETITION, FLIP_ANGLE):
        name = f"{axis.short} (degrees)" if axis is FLIP_ANGLE else f"{axis.kind} (ms)"
        values = {axis.value(picture) for picture in slices}
        details.pop(name, None)
        if len(values) == 1 and (value := values.pop()) is not None:
            details[name] = f"{value:.10g}"
    return details


def _met_again(laid: Laid, pictures: Pictures) -> Iterator[Doubt]:
    shown = pictures_of(laid.grid)
    if reused := sum(id(picture) in pictures.reused for picture in shown):
        what = f"UIDs are reused: {reused} of its {len(shown)} pictures have one that another picture has too"
        yield Doubt("duplicate", what)
    if count := sum(pictures.copies.get(id(picture), 0) for picture in shown):
        yield Doubt("duplicate", f"copies of its pictures, {count} in all, lie beside it and are left out", "note")
