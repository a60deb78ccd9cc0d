"""Zip archives, unpacked only after what they claim has been found to be safe."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.archive_claims import TRUSTED, parts_of, refuse_a_large_directory, refuse_members
from engine.imaging.read_errors import DAMAGED, read_errors
from engine.imaging.unreadable import Unreadable

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")

_PIECE = 1 << 20
_SPARE_DISK = 64 << 20
_PACKAGES = (b"[Content_Types].xml", b"mimetype", b"META-INF/", b"_rels/", b"archive/data.pkl", b"AndroidManifest")
_PACKAGE_SUFFIXES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".jar", ".whl", ".epub", ".pt", ".pth", ".ckpt", ".npz")


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
        refuse_a_large_directory(path)
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as failure:
            raise ReadError("the archive is damaged or cut short", path=path, hint=DAMAGED) from failure
    with archive:
        with read_errors(path):
            refuse_members(archive.infolist(), path)
        yield archive


def content_of(archive: zipfile.ZipFile) -> str:
    """A digest of the names and checksums of all that is in it."""
    members = sorted((info.filename, info.CRC, info.file_size) for info in archive.infolist())
    return hashlib.sha256(repr(members).encode("utf-8", "surrogateescape")).hexdigest()


def unpack(archive: zipfile.ZipFile, folder: Path, control: Control, stepped: Callable[[], None]) -> list[Unreadable]:
    """Write the members below a new folder; those that are damaged are told instead, with the path they would have.

    ReadError where the disk does not take them, or two have one name. Hidden members are left out.
    """
    path = Path(str(archive.filename))
    _refuse_more_than_fits(archive, folder, path)
    damaged = []
    for info in archive.infolist():
        control.check()
        parts = parts_of(info.filename)
        if parts and not info.is_dir() and not any(part.startswith(".") for part in parts):
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
        return ReadError("the archive holds two files under one name", path=path, hint=TRUSTED)
    told = failure.strerror or type(failure).__name__
    return ReadError(f"the archive cannot be unpacked: {told}", path=path, hint="Make room on the disk, or unpack it.")


def _refuse_more_than_fits(archive: zipfile.ZipFile, folder: Path, path: Path) -> None:
    needed = sum(info.file_size for info in archive.infolist())
    try:
        free = shutil.disk_usage(folder).free
    except OSError as failure:
        raise _not_written(failure, path) from failure
    if needed + _SPARE_DISK > free:
        told = f"unpacked it needs {needed >> 20} MiB, and {free >> 20} MiB are free"
        raise ReadError(f"the archive is not unpacked: {told}", path=path, hint="Make room on the disk.")
