"""The files at and below some places, each once, whatever else lies there."""

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.control import Control
from engine.imaging.unreadable import Unreadable

PassingOver = Callable[[Path], bool]

_DIGITS = re.compile(r"([0-9]+)")
_SPECIAL = {
    stat.S_IFIFO: "a pipe between programs",
    stat.S_IFSOCK: "a socket between programs",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class Walk:
    """One pass over places that may overlap, and lead in circles. Nothing is opened.

    What cannot be looked into, and what is no file, is kept in `unreadable`. Below the places, hidden names and the
    folders that `passing_over` names are left out.
    """

    def __init__(self, control: Control, passing_over: PassingOver | None = None) -> None:
        self.unreadable: list[Unreadable] = []
        self._control = control
        self._passing_over = passing_over or (lambda folder: False)
        self._folders: set[tuple[int, int]] = set()
        self._files: set[tuple[int, int, str]] = set()

    def files(self, places: Sequence[Path]) -> Iterator[Path]:
        """Files as given, and those below folders in natural order, a folder's own before its folders'."""
        for place in places:
            self._control.check()
            try:
                mode = place.stat().st_mode
            except (OSError, ValueError) as failure:
                self._cannot_enter(place, failure)
                continue
            if stat.S_ISDIR(mode):
                yield from self._below(place)
            elif not stat.S_ISREG(mode):
                self._special(place, mode)
            elif self._is_new(place):
                yield place

    def _below(self, top: Path) -> Iterator[Path]:
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            folders: list[Path] = []
            key, entries = self._listed(folder)
            for entry in entries:
                self._control.check()
                path = folder / entry.name
                if self._is_folder(path, entry):
                    folders.append(path)
                elif self._is_new_file(path, entry, key):
                    yield path
            waiting += [path for path in reversed(folders) if not self._passing_over(path)]

    def _listed(self, folder: Path) -> tuple[tuple[int, int], list["os.DirEntry[str]"]]:
        """The folder's identity and what is in it; nothing where it was listed before or cannot be."""
        try:
            told = folder.stat()
            key = (told.st_dev, told.st_ino)
            if key in self._folders:
                return key, []
            self._folders.add(key)
            with os.scandir(folder) as entries:
                seen = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as failure:
            self._cannot_enter(folder, failure)
            return (0, 0), []
        return key, sorted(seen, key=lambda entry: natural(entry.name))

    def _is_folder(self, path: Path, entry: "os.DirEntry[str]") -> bool:
        try:
            return entry.is_dir()
        except OSError:
            return False

    def _is_new_file(self, path: Path, entry: "os.DirEntry[str]", folder: tuple[int, int]) -> bool:
        try:
            if entry.is_file():
                return self._remember((*folder, entry.name))
            mode = entry.stat().st_mode
        except OSError as failure:
            self._cannot_enter(path, failure)
            return False
        self._special(path, mode)
        return False

    def _is_new(self, path: Path) -> bool:
        """Whether this name in this folder has not been met; links to one file are files of their own."""
        try:
            told = path.parent.stat()
        except OSError as failure:
            self._cannot_enter(path, failure)
            return False
        return self._remember((told.st_dev, told.st_ino, path.name))

    def _remember(self, key: tuple[int, int, str]) -> bool:
        if key in self._files:
            return False
        self._files.add(key)
        return True

    def _special(self, path: Path, mode: int) -> None:
        what = _SPECIAL.get(stat.S_IFMT(mode), "no ordinary file")
        self.unreadable.append(Unreadable(path, f"it is {what}", "It was not opened.", foreign=True))

    def _cannot_enter(self, path: Path, failure: OSError | ValueError) -> None:
        self.unreadable.append(Unreadable(path, *_reason(path, failure)))


def natural(name: str) -> tuple[list[str | int], str]:
    """A key that puts `scan9` before `scan10`."""
    words: list[str | int] = list(_DIGITS.split(name.casefold()))
    words[1::2] = [int(digits) for digits in words[1::2]]
    return words, name


def by_place(path: Path) -> list[tuple[list[str | int], str]]:
    """A key that puts paths in natural order, folder by folder."""
    return [natural(part) for part in path.parts]


def _reason(path: Path, failure: OSError | ValueError) -> tuple[str, str]:
    """What happened and what to do."""
    if isinstance(failure, FileNotFoundError):
        if os.path.islink(path):  # noqa: PTH114 - never raises
            return "it is a link to something that is not there", "Was its target moved, or is a drive unplugged?"
        return "there is no such file or folder", "Was it moved, or is a drive unplugged?"
    if isinstance(failure, PermissionError):
        return "it may not be looked into", "Change its permissions, or copy it to a folder of yours."
    told = failure.strerror if isinstance(failure, OSError) else "its name cannot be used"
    return f"it cannot be looked into: {told or type(failure).__name__}", "Check the drive, and the path's length."
