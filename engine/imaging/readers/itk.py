"""NRRD and MetaImage, with their data in the same file or in one beside it."""

from collections.abc import Iterable
from pathlib import Path

from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.itk.metaimage import looks_like_metaimage, metaimage_layout
from engine.imaging.itk.nrrd import MAGIC, nrrd_layout
from engine.imaging.itk.scan import ItkFile
from engine.imaging.opened import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Reader, readers, surveyed_one_by_one
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.unplaced import frames_told, stem_of
from engine.registry import Info

_NRRD = (".nrrd", ".nhdr")
_METAIMAGE = (".mha", ".mhd")


def claims(head: bytes) -> bool:
    """Whether it begins as one of the two does."""
    return head.startswith(MAGIC) or looks_like_metaimage(head)


def inspect(path: Path) -> Iterable[ScanHeader]:
    """What the header and the side-car say."""
    with read_errors(path):
        return [_described(_file(path))]


def open_itk(source: ScanSource) -> OpenedScan:
    """The scan, its voxels not yet read."""
    path = source.files[0]
    with read_errors(path):
        file = _file(path)
        return file.scan(_described(file))


def _file(path: Path) -> ItkFile:
    with path.open("rb") as stream:
        nrrd = stream.read(len(MAGIC)) == MAGIC
    if nrrd or path.name.lower().endswith(_NRRD):
        return ItkFile(path, "NrrdImageIO", nrrd_layout(path))
    return ItkFile(path, "MetaImageIO", metaimage_layout(path))


def _described(file: ItkFile) -> ScanHeader:
    path, layout = file.path, file.layout
    frames, z, y, x = layout.shape
    sidecar = read_sidecar(path, frames)
    affine, geometry = file.placement()
    axis, unsure = frames_told(frames, sidecar)
    colour = (Doubt("colour", "its voxels are coloured", "note"),) if layout.channels > 1 else ()
    return ScanHeader(
        ScanSource("itk", file.files),
        "nrrd" if file.form.startswith("Nrrd") else "metaimage",
        (x, y, z),
        affine,
        layout.values.dtype.name,
        frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        title=stem_of(path.name),
        details={"stored as": layout.stored.name, "encoding": layout.encoding},
        doubts=geometry + colour + sidecar.doubts + unsure,
        companions=sidecar.files,
    )


readers.register(
    Reader(
        Info("itk", "NRRD, MetaImage", "Images of ITK, 3D Slicer and their kin: .nrrd, .nhdr, .mha, .mhd."),
        (*_NRRD, *_METAIMAGE),
        claims,
        surveyed_one_by_one(inspect),
        open_itk,
    )
)
