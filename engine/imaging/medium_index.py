"""DICOMDIR, the index of a DICOM medium: which files it names, never one outside of its own folder."""

import os
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from engine.errors import ReadError
from engine.imaging.read_errors import DAMAGED, read_errors
from engine.imaging.unreadable import Unreadable

_IS_INDEX = b"\x02\x00\x02\x00UI\x14\x001.2.840.10008.1.3.10"
_LARGEST = 256 << 20
_FORBIDDEN = ("/", "\\", ":", "\0")
_TRUST = "It was not opened. If you trust the medium, open that file itself."


def is_index(head: bytes) -> bool:
    """Whether a file that begins so is the index of a medium."""
    return head[128:132] == b"DICM" and _IS_INDEX in head


def met_index(path: Path) -> Unreadable:
    """The index, where the files around it are looked at anyway."""
    return Unreadable(path, "this is an index of a DICOM medium", "The files it names are read by themselves.", True)


def files_named_by(index: Path) -> list[Path | Unreadable]:
    """The files that the index names, those that are missing or lie elsewhere told; ReadError where it is damaged."""
    with read_errors(index), warnings.catch_warnings():
        if index.stat().st_size > _LARGEST:
            raise ReadError("the index is too large to be one", path=index, hint="Open the folder it lies in.")
        warnings.simplefilter("ignore")
        named = list(dict.fromkeys(_named(index)))
    if not named:
        raise ReadError("the index of the medium names no files", path=index, hint="Open the folder it lies in.")
    finder = _Finder(index.parent)
    return list(dict.fromkeys(finder.find(parts) for parts in named))


def _named(index: Path) -> Iterator[tuple[str, ...]]:
    from pydicom import dcmread

    # From memory, for of a file pydicom asks for as many bytes as an element claims to have.
    stream = BytesIO(index.read_bytes())
    for record in _records(dcmread(stream, specific_tags=["DirectoryRecordSequence"]), index):
        value = record.get("ReferencedFileID")
        parts = [value] if isinstance(value, str) else list(value or ())
        if parts:
            yield tuple(str(part).strip() for part in parts)


def _records(dataset: Any, index: Path) -> Any:
    records = dataset.get("DirectoryRecordSequence")
    if records is None:
        raise ReadError("the index of the medium is cut short", path=index, hint=DAMAGED)
    return records


class _Finder:
    """Finds named files below a folder, whatever the case in which the medium was copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._real = Path(os.path.realpath(folder))
        self._listings: dict[Path, dict[str, str]] = {}

    def find(self, parts: tuple[str, ...]) -> Path | Unreadable:
        if any(not part or part == ".." or any(mark in part for mark in _FORBIDDEN) for part in parts):
            return Unreadable(self._folder, "the index of the medium names a file outside of its folder", _TRUST)
        path = self._folder
        for part in parts:
            listing = self._listing(path)
            path = path / (listing.get(part) or listing.get(part.casefold(), part))
        if not os.path.isfile(path):  # noqa: PTH113 - never raises, whatever the name
            hint = "Copy the whole medium again."
            return Unreadable(path, "the index of the medium names it, but it is not there", hint)
        if not Path(os.path.realpath(path)).is_relative_to(self._real):
            return Unreadable(path, "it is named by the index of the medium, but lies outside of its folder", _TRUST)
        return path

    def _listing(self, folder: Path) -> dict[str, str]:
        if folder not in self._listings:
            try:
                names = os.listdir(folder)  # noqa: PTH208 - the names alone
            except OSError:
                names = []
            self._listings[folder] = {name.casefold(): name for name in names} | {name: name for name in names}
        return self._listings[folder]
