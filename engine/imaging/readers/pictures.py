"""Pictures: PNG, JPEG, TIFF and BMP. Their dots per inch speak of paper, not of a body: no size is taken from them."""

from collections.abc import Iterable
from pathlib import Path

from engine.errors import ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.pictures.kind import Kind, kind_of
from engine.imaging.pictures.pages import Stack, opened_picture, stacks
from engine.imaging.pictures.scan import PictureScan
from engine.imaging.read_errors import read_errors
from engine.imaging.reader import Reader, readers, surveyed_one_by_one
from engine.imaging.sidecar import read_sidecar
from engine.imaging.source import ScanSource
from engine.imaging.unplaced import laid_flat, stem_of
from engine.registry import Info


def claims(head: bytes) -> bool:
    """Whether it begins as one of these formats does."""
    return kind_of(head) is not None


def inspect(path: Path) -> Iterable[ScanHeader]:
    """A scan per stack of pages that fit together, which is one scan nearly always."""
    with read_errors(path):
        return [header for header, _ in scans_in(path)]


def open_picture(source: ScanSource) -> OpenedScan:
    """The scan, its pixels not yet decoded."""
    path = source.files[0]
    with read_errors(path):
        for header, stack in scans_in(path):
            if header.source.part == source.part:
                return PictureScan(header, path, stack)
        hint = "Was the file changed? Look into it again."
        raise ReadError(f"there is no {source.part!r} in it", path=path, hint=hint)


def scans_in(path: Path) -> list[tuple[ScanHeader, Stack]]:
    """The scans, and where in the file their pages are."""
    with opened_picture(path) as (image, kind):
        found = stacks(image, path)
        animated = kind.name != "tiff" and bool(getattr(image, "is_animated", False))
    told = (Doubt("frames", "it is animated; only its first picture is read"),) if animated else ()
    parts = [f"page {stack.pages[0] + 1}" if len(found) > 1 else "" for stack in found]
    return [(_described(path, kind, stack, part, told), stack) for stack, part in zip(found, parts, strict=True)]


def _described(path: Path, kind: Kind, stack: Stack, part: str, told: tuple[Doubt, ...]) -> ScanHeader:
    sidecar = read_sidecar(path, 1)
    affine, geometry = laid_flat(sidecar)
    title = stem_of(path.name)
    return ScanHeader(
        ScanSource("pictures", (path,), part),
        kind.name,
        (*stack.size, len(stack.pages)),
        affine,
        stack.values.dtype.name,
        modality=sidecar.modality,
        title=f"{title}: {part}" if part else title,
        details={"mode": stack.mode},
        doubts=geometry + _doubts(kind, stack) + told + sidecar.doubts,
        companions=sidecar.files,
    )


def _doubts(kind: Kind, stack: Stack) -> tuple[Doubt, ...]:
    doubts = []
    if len(stack.pages) > 1:
        doubts.append(
            Doubt("mixed", f"its {len(stack.pages)} pages are taken for slices; they may be separate pictures")
        )
    if stack.values.dtype.itemsize == 1:
        doubts.append(Doubt("eight-bit", "its grey levels are 8-bit", "note"))
    if kind.lossy:
        doubts.append(Doubt("lossy", "its compression is lossy", "note"))
    if stack.values.channels > 1:
        doubts.append(Doubt("colour", "it is coloured", "note"))
    return tuple(doubts)


readers.register(
    Reader(
        Info("pictures", "Pictures", "PNG, JPEG, TIFF (its pages as slices) and BMP; geometry in a JSON beside."),
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
        claims,
        surveyed_one_by_one(inspect),
        open_picture,
    )
)
