"""Siemens mosaics: one picture that holds a volume, cut into its tiles."""

import math
import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.pictures import cross, moved
from engine.imaging.dicom.records import Slice, Vector

_TYPES = frozenset({"MOSAIC", "VFRAME"})


def is_mosaic(picture: Slice) -> bool:
    """Whether its file says that it is one."""
    return picture.file.frames == 1 and not _TYPES.isdisjoint(picture.image_type)


def tiles_of(whole: Slice, elements: Elements) -> list[Slice]:
    """The tiles, row by row; the whole picture, with a doubt, where the header does not say how to cut it."""
    csa = _csa(elements.private("SiemensCsa"))
    count = _count(csa, elements)
    side = math.ceil(math.sqrt(count))
    height, width = (size // side if side else 0 for size in (whole.file.rows, whole.file.columns))
    if count < 1 or not height or not width:
        doubt = "the header calls it a mosaic but does not say of how many pictures"
        return [replace(whole, file=replace(whole.file, doubts=(*whole.file.doubts, doubt)))]
    first, along = _first_place(whole, height, width), _normal(whole, csa)
    step = whole.gap or whole.thickness
    tiles = []
    for number in range(count):
        row, column = divmod(number, side)
        place = moved(first, (along, number * step)) if first and along and step else None
        tiles.append(replace(whole, tile=(row * height, column * width, height, width), position=place))
    return tiles


def _count(csa: Mapping[str, list[Any]], elements: Elements) -> int:
    told = csa.get("NumberOfImagesInMosaic") or elements.private_numbers("SiemensMosaicCount")
    return int(told[0]) if told else 0


def _first_place(whole: Slice, height: int, width: int) -> Vector | None:
    """Of the first tile: the header's place is that of a picture as large as the mosaic about the same centre."""
    if whole.position is None or whole.across is None or whole.down is None or whole.pixel_size is None:
        return None
    between_rows, between_columns = whole.pixel_size
    right = (whole.file.columns - width) / 2 * between_columns
    below = (whole.file.rows - height) / 2 * between_rows
    return moved(whole.position, (whole.across, right), (whole.down, below))


def _normal(whole: Slice, csa: Mapping[str, list[Any]]) -> Vector | None:
    """The direction in which the tiles follow each other: across x down, or against it where the scanner says so."""
    if whole.across is None or whole.down is None:
        return None
    normal = cross(whole.across, whole.down)
    told = csa.get("SliceNormalVector", [])
    if len(told) == 3 and sum(float(one) * other for one, other in zip(told, normal, strict=True)) < 0:
        x, y, z = normal
        return (-x, -y, -z)
    return normal


def _csa(value: bytes) -> Mapping[str, list[Any]]:
    """The values of the scanner's own header, by name; empty where there is none, or none that can be read."""
    if not value:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from nibabel.nicom import csareader

    try:
        tags = csareader.read(value)["tags"]  # type: ignore[no-untyped-call]
        return {name: tag["items"] for name, tag in tags.items()}
    except Exception:
        # It meets damaged bytes with every kind of exception; without it, other elements may tell the number of tiles.
        return {}
