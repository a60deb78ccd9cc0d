"""The text header of a MetaImage file."""

from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import ReadError
from engine.imaging.itk.layout import Encoding, Layout, beside

_MOST = 256 << 10
_STORED = {
    "MET_CHAR": "i1", "MET_UCHAR": "u1", "MET_SHORT": "i2", "MET_USHORT": "u2", "MET_INT": "i4", "MET_UINT": "u4",
    "MET_LONG_LONG": "i8", "MET_ULONG_LONG": "u8", "MET_FLOAT": "f4", "MET_DOUBLE": "f8",
}  # fmt: skip
_TURNED = ("TransformMatrix", "Rotation", "Orientation")
_SIZED = ("ElementSpacing", "ElementSize")


def looks_like_metaimage(head: bytes) -> bool:
    """Whether these bytes begin a MetaImage header."""
    start = head[:512].lstrip()
    return start.startswith((b"ObjectType", b"NDims", b"Comment")) and b"NDims" in head and b"=" in start[:64]


def metaimage_layout(path: Path) -> Layout:
    """How its numbers lie; ReadError where that is not told, or told of more than there is."""
    fields, after = _fields(path)
    sizes = tuple(int(size) for size in fields["DimSize"].split())
    channels = int(fields.get("ElementNumberOfChannels", "1"))
    local = fields["ElementDataFile"].upper() == "LOCAL"
    skip = int(fields.get("HeaderSize", "0"))
    if int(fields["NDims"]) != len(sizes) or channels < 1:
        raise ReadError("its header contradicts itself", path=path, hint="Save it again as MetaImage.")
    apart = 0 if channels > 1 else 3 if len(sizes) == 4 else None
    return Layout(
        (channels, *sizes) if channels > 1 else sizes,
        apart,
        _stored(fields, path),
        _encoding(fields),
        path if local else beside(path, fields["ElementDataFile"]),
        after if local else max(skip, -1),
        any(name in fields for name in _TURNED),
        any(name in fields for name in _SIZED),
    ).checked(path)


def _fields(path: Path) -> tuple[dict[str, str], int]:
    """The fields by name, and where the header ends."""
    with path.open("rb") as stream:
        head = stream.read(_MOST)
    fields: dict[str, str] = {}
    after = 0
    for line in head.splitlines(keepends=True):
        after += len(line)
        key, _, value = line.decode("utf-8", "replace").partition("=")
        fields[key.strip()] = value.strip()
        if key.strip() == "ElementDataFile" or len(key) > 200:
            break
    missing = [name for name in ("NDims", "DimSize", "ElementType", "ElementDataFile") if name not in fields]
    if missing:
        what = "the file is empty" if not head else "this is not a MetaImage header, or it is cut short"
        raise ReadError(what, path=path, hint="Save it again as MetaImage.")
    return fields, after


def _stored(fields: dict[str, str], path: Path) -> np.dtype[Any]:
    kind = _STORED.get(fields["ElementType"].removesuffix("_ARRAY"))
    if kind is None:
        hint = "Save it as numbers of 8 to 64 bits."
        raise ReadError("it holds voxels of a type that is not read", path=path, hint=hint)
    big = fields.get("BinaryDataByteOrderMSB", fields.get("ElementByteOrderMSB", "False"))
    return np.dtype(kind).newbyteorder(">" if _true(big) else "<")


def _encoding(fields: dict[str, str]) -> Encoding:
    if not _true(fields.get("BinaryData", "True")):
        return "ascii"
    return "zlib" if _true(fields.get("CompressedData", "False")) else "raw"


def _true(value: str) -> bool:
    return value[:1] in ("T", "t", "1")
