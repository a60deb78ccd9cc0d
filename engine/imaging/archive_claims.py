"""What a zip archive claims, and which claims no honest archive makes; all are judged before anything is unpacked."""

import os
import re
import stat
import zipfile
from pathlib import Path

from engine.errors import ReadError

MOST_MEMBERS = 500_000
TRUSTED = "If you trust it, unpack it yourself and open the folder."

_DEFLATE_BOUND, _SLACK = 1032, 4096
_LARGE, _PLAUSIBLE = 1 << 30, 200
_DEEPEST, _LONGEST_PART = 64, 255
_DIRECTORY_BYTES = 256 << 20
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_BYTES, _LONGEST_COMMENT = 22 + 20 + 56, 65535
_DRIVE = re.compile(r"^[A-Za-z]:")


def refuse_a_large_directory(path: Path) -> None:
    """The list of members is read whole, so its size is looked at first."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
        tail = stream.read()
    if min(_directory_bytes(tail), size) > _DIRECTORY_BYTES:
        raise ReadError("the archive lists too many files", path=path, hint=TRUSTED)


def _directory_bytes(tail: bytes) -> int:
    """How long the list of members is, as the end of the archive says."""
    at, at64 = tail.rfind(_END), tail.rfind(_END_64)
    listed = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if listed == 0xFFFFFFFF and at64 >= 0:
        return int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    return listed


def refuse_members(members: list[zipfile.ZipInfo], path: Path) -> None:
    """ReadError where one of them, or all together, are not what an honest archive holds."""
    if len(members) > MOST_MEMBERS:
        raise ReadError(f"the archive lists {len(members)} files", path=path, hint=TRUSTED)
    for info in members:
        reason = _unsafe_name(info.filename) or _unsafe_kind(info) or _unsafe_size(info)
        if reason:
            hint = "Unpack it with its password, and open the folder." if "encrypted" in reason else TRUSTED
            raise ReadError(f"the archive is not unpacked: {reason}", path=path, hint=hint)
    packed, claimed = sum(info.compress_size for info in members), sum(info.file_size for info in members)
    size = path.stat().st_size
    if packed > size:
        raise ReadError("the archive is not unpacked: its files overlap", path=path, hint=TRUSTED)
    if claimed > max(_LARGE, _PLAUSIBLE * size):
        told = f"{claimed >> 30} GiB are claimed to lie in {size >> 10} KiB"
        raise ReadError(f"the archive is not unpacked: {told}", path=path, hint=TRUSTED)


def parts_of(name: str) -> list[str]:
    """The folders and the name that a member asks for, whatever system named it."""
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]


def _unsafe_name(name: str) -> str:
    parts = parts_of(name)
    if name.startswith(("/", "\\")) or ".." in parts or any(_DRIVE.match(part) for part in parts):
        return "a file in it would be written outside of its folder"
    if len(parts) > _DEEPEST or any(len(part.encode("utf-8", "replace")) > _LONGEST_PART for part in parts):
        return "a name in it is too long or too deep"
    if os.name == "nt" and any(":" in part or Path(part).is_reserved() for part in parts):
        return "a name in it cannot be used on this system"
    return ""


def _unsafe_kind(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x2041:
        return "it is encrypted"
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it holds a link or a device"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "its compression is not supported"
    return ""


def _unsafe_size(info: zipfile.ZipInfo) -> str:
    bound = 1 if info.compress_type == zipfile.ZIP_STORED else _DEFLATE_BOUND
    if info.file_size > bound * info.compress_size + (_SLACK if bound > 1 else 0):
        return "a file in it claims to be larger than it can be"
    return ""
