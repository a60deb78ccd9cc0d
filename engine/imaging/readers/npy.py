"""NumPy arrays: (rows, columns), (slices, rows, columns) or (slices, rows, columns, frames).

Such a file says nothing of geometry; the side-car may give `affine`, or `spacing` [x, y, z] with x along the columns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.arrays.layout import MAGIC, Layout, read_layout, refuse_other_than_images
from engine.imaging.arrays.samples import sample_in
from engine.imaging.arrays.vectors import vectors_in
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Found, Progress, Reader, readers, surveyed_one_by_one
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.stored.limits import refuse_beyond
from engine.imaging.stored.mapped import MappedScan
from engine.imaging.unplaced import frames_told, laid_flat, stem_of
from engine.imaging.unreadable import Unreadable
from engine.imaging.volume import Array
from engine.registry import Info


def claims(head: bytes) -> bool:
    """Whether it begins as NumPy's files do."""
    return head.startswith(MAGIC)


def inspect(path: Path) -> Iterable[ScanHeader]:
    """What the array's header and the side-car say."""
    with read_errors(path):
        return [_described(path, _layout(path))]


def survey(paths: Sequence[Path], control: Control, progress: Progress) -> Iterable[Found]:
    """Every array; one with a number or word per line, such as labels, is no damaged picture but something else."""
    for item in surveyed_one_by_one(inspect)(paths, control, progress):
        yield replace(item, foreign=True) if isinstance(item, Unreadable) and _is_list(item.path) else item


def _is_list(path: Path) -> bool:
    try:
        return bool(vectors_in(path))
    except ReadError:
        return False


def open_npy(source: ScanSource) -> OpenedScan:
    """The scan, or one sample of many, to be memory-mapped and read-only."""
    path = source.files[0]
    with read_errors(path):
        if (found := sample_in(source)) is not None:
            samples, number = found
            return samples.scan(number)
        layout = _layout(path)
        return MappedScan(_described(path, layout), layout.values, path, partial(_mapped, path, layout))


def _layout(path: Path) -> Layout:
    with path.open("rb") as stream:
        layout = read_layout(stream, path)
    refuse_other_than_images(layout, path)
    refuse_beyond(path, layout.begin + layout.bytes, compressed=False)
    return layout


def _mapped(path: Path, layout: Layout) -> Array:
    return layout.arranged(np.load(path, mmap_mode="r", allow_pickle=False))


def _described(path: Path, layout: Layout) -> ScanHeader:
    sidecar = read_sidecar(path, layout.frames)
    affine, geometry = laid_flat(sidecar)
    axis, unsure = frames_told(layout.frames, sidecar)
    return ScanHeader(
        ScanSource("npy", (path,)),
        "npy",
        layout.shape_xyz,
        affine,
        layout.values.dtype.name,
        layout.frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        title=stem_of(path.name),
        details={"stored as": layout.stored.name},
        doubts=geometry + sidecar.doubts + unsure,
        companions=sidecar.files,
    )


readers.register(
    Reader(
        Info("npy", "NumPy array", "Plain arrays (slices, rows, columns, frames), geometry in a JSON beside."),
        (".npy",),
        claims,
        survey,
        open_npy,
    )
)
