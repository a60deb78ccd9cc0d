"""The text header of a NRRD file."""

import re
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import ReadError
from engine.imaging.itk.layout import Encoding, Layout, beside

MAGIC = b"NRRD000"
_MOST = 256 << 10
_TYPES = {
    "i1": ("signed char", "int8", "int8_t"),
    "u1": ("uchar", "unsigned char", "uint8", "uint8_t"),
    "i2": ("short", "short int", "signed short", "signed short int", "int16", "int16_t"),
    "u2": ("ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"),
    "i4": ("int", "signed int", "int32", "int32_t"),
    "u4": ("uint", "unsigned int", "uint32", "uint32_t"),
    "i8": ("longlong", "long long", "long long int", "signed long long", "signed long long int", "int64", "int64_t"),
    "u8": ("ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"),
    "f4": ("float",),
    "f8": ("double",),
}
_STORED = {name: kind for kind, names in _TYPES.items() for name in names}
_ENCODINGS: dict[str, Encoding] = {
    "raw": "raw", "gzip": "gzip", "gz": "gzip", "ascii": "ascii", "text": "ascii", "txt": "ascii",
}  # fmt: skip
_IN_BODY = ("left-posterior-superior", "right-anterior-superior", "left-anterior-superior", "lps", "ras", "las")
_AXIS = re.compile(r"none|\([^)]*\)")
_OF_SPACE = ("domain", "space", "???", "none")


def nrrd_layout(path: Path) -> Layout:
    """How its numbers lie; ReadError where that is not told, or told of more than there is."""
    fields, after = _fields(path)
    sizes = tuple(int(size) for size in fields["sizes"].split())
    skip = int(fields.get("byte skip", fields.get("byteskip", "0")))
    named = fields.get("data file", fields.get("datafile"))
    encoding = _ENCODINGS.get(fields.get("encoding", "").lower())
    if encoding is None or int(fields.get("line skip", fields.get("lineskip", "0"))) or (skip and encoding != "raw"):
        raise ReadError("its data are encoded in a way that is not read", path=path, hint="Save it with raw or gzip.")
    directions = fields.get("space directions", "")
    in_body = fields.get("space", "").lower() in _IN_BODY and bool(directions)
    sized = bool(directions) or "spacings" in fields
    return Layout(
        sizes,
        _apart(sizes, fields.get("kinds", ""), directions),
        _stored(fields, path),
        encoding,
        path if named is None else beside(path, named),
        min(skip, -1) if skip < 0 else skip + (after if named is None else 0),
        in_body,
        sized,
    ).checked(path)


def _fields(path: Path) -> tuple[dict[str, str], int]:
    """The fields by name, and where the header ends."""
    with path.open("rb") as stream:
        head = stream.read(_MOST)
    if not head.startswith(MAGIC):
        what = "the file is empty" if not head else "this is not a NRRD image"
        raise ReadError(what, path=path, hint="Is it another format under this name, or cut short?")
    ends = [place for place in (head.find(b"\n\n"), head.find(b"\r\n\r\n")) if place >= 0]
    end = min(ends, default=len(head))
    after = end + (4 if head[end : end + 1] == b"\r" else 2)
    lines = head[:end].decode("utf-8", "replace").splitlines()[1:]
    pairs = [line.partition(": ") for line in lines if not line.startswith("#") and ":=" not in line]
    fields = {key.strip().lower(): value.strip() for key, _, value in pairs}
    missing = [name for name in ("sizes", "type", "dimension") if name not in fields]
    if missing or int(fields["dimension"]) != len(fields["sizes"].split()):
        raise ReadError("its header does not tell its size and type", path=path, hint="Save it again as NRRD.")
    return fields, after


def _stored(fields: dict[str, str], path: Path) -> np.dtype[Any]:
    name = _STORED.get(fields["type"].lower())
    if name is None:
        hint = "Save it as numbers of 8 to 64 bits."
        raise ReadError("it holds voxels of a type that is not read", path=path, hint=hint)
    return np.dtype(name).newbyteorder(">" if fields.get("endian", "").lower() == "big" else "<")


def _apart(sizes: tuple[int, ...], kinds: str, directions: str) -> int | None:
    """The axis that is not one of space: the one without a direction, or by its kind, or the fourth."""
    placed = _AXIS.findall(directions)
    told = [kind not in _OF_SPACE for kind in kinds.lower().split()]
    apart = [direction == "none" for direction in placed] if "none" in placed else told
    if any(apart):
        return apart.index(True)
    return 3 if len(sizes) == 4 else None
