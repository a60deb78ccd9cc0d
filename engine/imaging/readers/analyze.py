"""Pairs of a header (`.hdr`) and voxels (`.img`): Analyze 7.5, SPM's variants of it, and NIfTI in two files."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.analyze.header import order_of, read_header
from engine.imaging.analyze.pair import Pair, pair_of
from engine.imaging.analyze.placement import placement
from engine.imaging.header import ScanHeader
from engine.imaging.nifti.header import read_header as read_nifti
from engine.imaging.nifti.scan import described as described_nifti
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Found, Progress, Reader, head_of, readers
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.stored.block import Block
from engine.imaging.unplaced import frames_told, stem_of
from engine.imaging.unreadable import Unreadable
from engine.registry import Info


def claims(head: bytes) -> bool:
    """Whether it is the header of a pair."""
    return bool(order_of(head)) or _nifti_half(head)


def survey(paths: Sequence[Path], control: Control, progress: Progress) -> Iterable[Found]:
    """Each pair once, whichever of its halves were given."""
    told: set[Path] = set()
    for done, path in enumerate(paths, start=1):
        control.check()
        if path not in told:
            try:
                with read_errors(path):
                    pair = pair_of(path)
                    told.update(pair.files)
                    yield _opened(pair)[0]
            except ReadError as failure:
                yield Unreadable.of(path, failure)
        progress(done, len(paths))


def open_pair(source: ScanSource) -> OpenedScan:
    """The scan, its voxels not yet read."""
    path = source.files[0]
    with read_errors(path):
        header, block = _opened(pair_of(path))
        return block.scan(header)


def _nifti_half(head: bytes) -> bool:
    return head[344:347] == b"ni1" or head[4:7] == b"ni2"


def _opened(pair: Pair) -> tuple[ScanHeader, Block]:
    source = ScanSource("analyze", pair.files)
    if _nifti_half(head_of(pair.header)):
        nifti = read_nifti(pair.header, pair.voxels)
        return described_nifti(source, nifti), nifti.block
    return _described(source)


def _described(source: ScanSource) -> tuple[ScanHeader, Block]:
    path, voxels = source.files
    header = read_header(path, voxels)
    frames, z, y, x = header.block.shape
    sidecar = read_sidecar(path, frames)
    affine, geometry, used = placement(header, path)
    if sidecar.affine is not None:
        affine, geometry = sidecar.affine, ()
    axis, unsure = frames_told(frames, sidecar)
    values = header.block.values
    told = ScanHeader(
        source,
        "analyze",
        (x, y, z),
        affine,
        values.dtype.name,
        frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        slope_intercept=values.scaling,
        title=stem_of(path.name),
        details={"stored as": values.stored.name},
        doubts=header.doubts + geometry + sidecar.doubts + unsure,
        companions=sidecar.files + used,
        stored=values.stored.newbyteorder("=").name,
    )
    return told, header.block


readers.register(
    Reader(
        Info("analyze", "Analyze 7.5, NIfTI pairs", "Images in two files, .hdr and .img: Analyze, SPM, NIfTI."),
        (".hdr", ".img", ".hdr.gz", ".img.gz"),
        claims,
        survey,
        open_pair,
    )
)
