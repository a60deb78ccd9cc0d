"""One scan from many files that hold a picture each, such as a folder per patient; no file is claimed for it.

Pictures say nothing of where they were taken: their names give the order, and the distance between them is unknown.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.errors import ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.pictures.numbering import missing_numbers
from engine.imaging.pictures.stack import Picture, PictureStackScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Reader, readers
from engine.imaging.readers.pictures import scans_in
from engine.imaging.sidecar import Sidecar
from engine.imaging.source import ScanSource
from engine.imaging.stored.limits import refuse_too_large
from engine.imaging.unplaced import laid_flat
from engine.imaging.volume import Affine
from engine.imaging.walk import by_place
from engine.registry import Info

READER = "picture-stack"
_HINT = "Take them in as separate pictures, or put only those of one scan together."


def stacked(headers: Sequence[ScanHeader]) -> ScanHeader:
    """The scan whose slices are these pictures, in natural order of their names; its title names nobody.

    ReadError where they are not single pictures of one size and depth. Grey ones among coloured ones become coloured.
    """
    pictures = sorted(headers, key=lambda header: by_place(header.source.files[0]))
    for header in pictures:
        _refuse_misfits(header, pictures[0])
    first, count = pictures[0], len(pictures)
    affine, geometry = _geometry(pictures)
    columns, rows, _ = first.shape
    refuse_too_large(first.path, (count, rows, columns))
    return replace(
        first,
        source=ScanSource(READER, tuple(header.source.files[0] for header in pictures)),
        shape=(columns, rows, count),
        affine=affine,
        modality=_agreed([header.modality for header in pictures]),
        title=f"{count} pictures",
        details={"mode": ", ".join(sorted({header.details.get("mode", "") for header in pictures}))},
        doubts=geometry + _order(pictures) + _of_the_pictures(pictures),
        companions=tuple(dict.fromkeys(file for header in pictures for file in header.companions)),
    )


def can_stack(headers: Sequence[ScanHeader]) -> bool:
    """Whether `stacked` takes these headers."""
    try:
        for header in headers:
            _refuse_misfits(header, headers[0])
    except ReadError:
        return False
    return bool(headers)


def open_stack(source: ScanSource) -> OpenedScan:
    """The scan, its pictures looked at and not yet decoded."""
    headers, pictures = [], {}
    for path in source.files:
        with read_errors(path):
            (header, page), *_ = scans_in(path)
        headers.append(header)
        pictures[path] = Picture(path, page)
    header = stacked(headers)
    return PictureStackScan(header, [pictures[path] for path in header.source.files])


def _refuse_misfits(header: ScanHeader, first: ScanHeader) -> None:
    path = header.source.files[0]
    if header.source.reader != "pictures" or header.shape[2] > 1 or header.source.part:
        raise ReadError("it is no single picture, and cannot be a slice of a stack", path=path, hint=_HINT)
    if header.shape != first.shape:
        sizes = (f"{columns} x {rows}" for columns, rows, _ in (header.shape, first.shape))
        raise ReadError("it has {} pixels, where the first of its stack has {}".format(*sizes), path=path, hint=_HINT)
    if header.dtype != first.dtype:
        told = f"its values are {header.dtype}, where the first of its stack has {first.dtype}"
        raise ReadError(told, path=path, hint=_HINT)


def _geometry(pictures: Sequence[ScanHeader]) -> tuple[Affine, tuple[Doubt, ...]]:
    """What their side-cars say where they say the same; of the distance between slices they say nothing."""
    affine, first = pictures[0].affine, pictures[0]
    distance = Doubt("thickness", "the distance between its slices is not given; 1 mm is taken")
    if not all(_alike(header.affine, affine) for header in pictures):
        flat, doubts = laid_flat(Sidecar())
        return flat, (*doubts, distance, Doubt("disagrees", "the files beside its pictures give different geometry"))
    doubts = tuple(doubt for doubt in first.doubts if doubt.kind in ("orientation", "size"))
    size = np.linalg.norm(affine[:3, 2])
    along = affine @ np.diag([1, 1, 1 / size, 1])
    return along, (*doubts, distance)


def _alike(one: Affine, other: Affine) -> bool:
    """Equal up to rounding; of most stacks they are one object, or the same numbers."""
    return one is other or np.array_equal(one, other) or np.allclose(one, other)


def _order(pictures: Sequence[ScanHeader]) -> tuple[Doubt, ...]:
    told = (Doubt("mixed", f"its {len(pictures)} pictures are taken for slices in the order of their names"),)
    gone = missing_numbers([header.source.files[0].stem for header in pictures])
    return (*told, Doubt("missing", f"among the names of its pictures {gone}")) if gone else told


def _of_the_pictures(pictures: Sequence[ScanHeader]) -> tuple[Doubt, ...]:
    """What is doubtful about any of them, once."""
    doubts = (doubt for header in pictures for doubt in header.doubts if doubt.kind not in ("orientation", "size"))
    return tuple(dict.fromkeys(doubts))


def _agreed(words: Sequence[str]) -> str:
    return words[0] if len(set(words)) == 1 else ""


readers.register(
    Reader(
        Info(READER, "Pictures as slices", "Many pictures of one size as one scan, in the order of their names."),
        (),
        lambda head: False,
        lambda paths, control, progress: (),
        open_stack,
    )
)
