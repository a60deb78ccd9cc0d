"""Zip archives, unpacked only after what they claim has been found to be safe."""

import os
import re
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.read_errors import DAMAGED, read_errors
from engine.imaging.unreadable import Unreadable

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
MOST_MEMBERS = 500_000

_PIECE = 1 << 20
_DEFLATE_BOUND, _SLACK = 1032, 4096
_LARGE, _PLAUSIBLE = 1 << 30, 200
_SPARE_DISK = 64 << 20
_DEEPEST, _LONGEST_PART = 64, 255
_DIRECTORY_BYTES = 256 << 20
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_BYTES, _LONGEST_COMMENT = 22 + 20 + 56, 65535
_DRIVE = re.compile(r"^[A-Za-z]:")
_PACKAGES = (b"[Content_Types].xml", b"mimetype", b"META-INF/", b"_rels/", b"archive/data.pkl", b"AndroidManifest")
_PACKAGE_SUFFIXES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".jar", ".whl", ".epub", ".pt", ".pth", ".ckpt", ".npz")
_TRUSTED = "If you trust it, unpack it yourself and open the folder."


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a zip archive, or a package in that form."""
    return head.startswith(SIGNATURES)


def is_package(head: bytes, name: str) -> bool:
    """Whether a zip is a document or program of another application."""
    return is_zip(head) and (head[30:].startswith(_PACKAGES) or name.lower().endswith(_PACKAGE_SUFFIXES))


@contextmanager
def checked(path: Path) -> Iterator[zipfile.ZipFile]:
    """The open archive; ReadError where it is damaged or claims what no honest archive does."""
    with read_errors(path):
        _refuse_a_large_directory(path)
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as failure:
            raise ReadError("the archive is damaged or cut short", path=path, hint=DAMAGED) from failure
    with archive:
        _refuse_members(archive.infolist(), path)
        yield archive


def unpack(archive: zipfile.ZipFile, folder: Path, control: Control, stepped: Callable[[], None]) -> list[Unreadable]:
    """Write the members below a new folder; those that are damaged are told instead, with the path they would have.

    ReadError where the disk does not take them, or two have one name. Hidden members are left out.
    """
    path = Path(str(archive.filename))
    _refuse_more_than_fits(archive, folder, path)
    damaged = []
    for info in archive.infolist():
        control.check()
        parts = _parts(info.filename)
        if not info.is_dir() and parts and not any(part.startswith(".") for part in parts):
            target = folder.joinpath(*parts)
            try:
                _inflate(archive, info, target, control)
            except ReadError as failure:
                damaged.append(Unreadable.of(target, failure))
            except OSError as failure:
                raise _not_written(failure, path) from failure
        stepped()
    return damaged


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, control: Control) -> None:
    """Write one member; its checksum and size are verified, and more than it claims is never written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with read_errors(target):
        source = archive.open(info)
    try:
        with source, target.open("xb") as sink:
            _pour(source, sink, info.file_size, target, control)
    except ReadError:
        target.unlink()
        raise


def _pour(source: IO[bytes], sink: IO[bytes], size: int, target: Path, control: Control) -> None:
    written = 0
    while piece := _piece(source, target):
        control.check()
        written += len(piece)
        if written > size:
            break
        sink.write(piece)
    if written != size:
        raise ReadError("it is not as long as the archive says", path=target, hint=DAMAGED)


def _piece(source: IO[bytes], target: Path) -> bytes:
    with read_errors(target):
        return source.read(_PIECE)


def _not_written(failure: OSError, path: Path) -> ReadError:
    if isinstance(failure, FileExistsError | NotADirectoryError | IsADirectoryError):
        return ReadError("the archive holds two files under one name", path=path, hint=_TRUSTED)
    told = failure.strerror or type(failure).__name__
    return ReadError(f"the archive cannot be unpacked: {told}", path=path, hint="Make room on the disk, or unpack it.")


def _refuse_a_large_directory(path: Path) -> None:
    """The list of members is read whole, so its size is looked at first."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
        tail = stream.read()
    if min(_directory_bytes(tail), size) > _DIRECTORY_BYTES:
        raise ReadError("the archive lists too many files", path=path, hint=_TRUSTED)


def _directory_bytes(tail: bytes) -> int:
    """How long the list of members is, as the end of the archive says."""
    at, at64 = tail.rfind(_END), tail.rfind(_END_64)
    listed = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if listed == 0xFFFFFFFF and at64 >= 0:
        return int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    return listed


def _refuse_members(members: list[zipfile.ZipInfo], path: Path) -> None:
    if len(members) > MOST_MEMBERS:
        raise ReadError(f"the archive lists {len(members)} files", path=path, hint=_TRUSTED)
    for info in members:
        reason = _unsafe_name(info.filename) or _unsafe_kind(info) or _unsafe_size(info)
        if reason:
            hint = "Unpack it with its password, and open the folder." if "encrypted" in reason else _TRUSTED
            raise ReadError(f"the archive is not unpacked: {reason}", path=path, hint=hint)
    packed, claimed = sum(info.compress_size for info in members), sum(info.file_size for info in members)
    size = path.stat().st_size
    if packed > size:
        raise ReadError("the archive is not unpacked: its files overlap", path=path, hint=_TRUSTED)
    if claimed > max(_LARGE, _PLAUSIBLE * size):
        told = f"{claimed >> 30} GiB are claimed to lie in {size >> 10} KiB"
        raise ReadError(f"the archive is not unpacked: {told}", path=path, hint=_TRUSTED)


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]


def _unsafe_name(name: str) -> str:
    parts = _parts(name)
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


def _refuse_more_than_fits(archive: zipfile.ZipFile, folder: Path, path: Path) -> None:
    needed = sum(info.file_size for info in archive.infolist())
    try:
        free = shutil.disk_usage(folder).free
    except OSError as failure:
        raise _not_written(failure, path) from failure
    if needed + _SPARE_DISK > free:
        told = f"unpacked it needs {needed >> 20} MiB, and {free >> 20} MiB are free"
        raise ReadError(f"the archive is not unpacked: {told}", path=path, hint="Make room on the disk.")
