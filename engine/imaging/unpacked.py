"""Where archives were unpacked: how long that stays, and how its paths are shown."""

import os
import shutil
import tempfile
import weakref
from functools import partial
from pathlib import Path

from engine.control import Control

_PIECE = 1 << 22


class Unpacked:
    """Folders of unpacked archives. Temporary ones are removed by `close`, or once nothing refers to them.

    Those to stay lie in `keep_in`; temporary ones in a folder of their own below `scratch`, or the system's.
    """

    def __init__(self, keep_in: Path | None = None, scratch: Path | None = None) -> None:
        self._keep_in, self._scratch = keep_in, scratch
        self._contents: dict[Path, str] = {}
        self._found_there: set[Path] = set()
        self._temporary: Path | None = None
        self._remove: weakref.finalize[[Path, int], Unpacked] | None = None
        self._archives: dict[Path, Path] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folder of each archive."""
        return tuple(self._archives)

    def folder_for(self, archive: Path) -> Path:
        """A new, empty folder named after the archive; OSError where there is no room for one."""
        name = _stem(archive)
        place = self._place()
        for number in range(1, 10_000):
            folder = place / (name if number == 1 else f"{name} ({number})")
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            self._archives[folder] = archive
            return folder
        raise FileExistsError(f"too many folders are called {name}")

    def tell_content(self, folder: Path, digest: str) -> None:
        """Say what an archive holds, so that it is kept once however often it comes."""
        self._contents[folder] = digest

    def drop(self, folder: Path) -> None:
        """Remove one archive's folder again, unless it was there before."""
        self._archives.pop(folder, None)
        if folder not in self._found_there:
            shutil.rmtree(folder, ignore_errors=True)

    def drop_all(self) -> None:
        """Remove every archive's folder again, those to be kept included but for what was there before."""
        for folder in list(self._archives):
            self.drop(folder)
        self.close()

    def shown(self, path: Path) -> Path:
        """The path as the user knows it: inside of the archive where it lies in an unpacked one."""
        if not self._archives:
            return path
        for parent in (path, *path.parents):
            if parent in self._archives:
                return self._archives[parent] / path.relative_to(parent)
        if path == self._temporary:
            return Path(os.path.commonpath([archive.parent.absolute() for archive in self._archives.values()]))
        return path

    def placed(self, path: Path) -> Path:
        """Where a path inside of an archive, as the user knows it, lies unpacked; other paths as they are."""
        for folder, archive in self._archives.items():
            if path.is_relative_to(archive):
                return folder / path.relative_to(archive)
        return path

    def copied_to(self, folder: Path, control: Control) -> "Unpacked":
        """The same archives with their files below `folder`, to stay there; itself where none is temporary."""
        if self._temporary is None:
            return self
        kept = Unpacked(folder)
        try:
            for temporary, archive in self._archives.items():
                kept._take(temporary, archive, self._contents[temporary], control)
        except BaseException:
            kept.drop_all()
            raise
        return kept

    def _take(self, temporary: Path, archive: Path, digest: str, control: Control) -> None:
        """Copy one archive's files to a folder named by what it holds; where that is there already, use it."""
        folder = self._place() / f"{_stem(archive)}-{digest[:8]}"
        if folder.is_dir():
            self._found_there.add(folder)
        else:
            begun = self.folder_for(archive)
            copy = partial(_link_or_copy, control=control)
            shutil.copytree(temporary, begun, copy_function=copy, dirs_exist_ok=True)
            begun.rename(folder)
            self._archives.pop(begun)
        self._archives[folder] = archive

    def hold_for(self, thing: object) -> None:
        """Keep the temporary files at least as long as `thing` lives."""
        if self._temporary is not None:
            weakref.finalize(thing, _let_go, self).atexit = False

    def close(self) -> None:
        """Remove the temporary files now."""
        if self._remove is not None:
            self._remove()

    def _place(self) -> Path:
        if self._keep_in is not None:
            self._keep_in.mkdir(parents=True, exist_ok=True)
            return self._keep_in
        if self._temporary is None:
            self._temporary = _temporary_folder(self._scratch)
            self._remove = weakref.finalize(self, _removed, self._temporary, os.getpid())
        return self._temporary


def _stem(archive: Path) -> str:
    return Path(archive.name).stem.strip(". ") or "archive"


def _temporary_folder(scratch: Path | None) -> Path:
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=".isocenter-" if scratch else "isocenter-", dir=scratch))


def _link_or_copy(source: str, target: str, control: Control) -> None:
    control.check()
    try:
        os.link(source, target)
    except OSError:
        with Path(source).open("rb") as read, Path(target).open("wb") as written:
            while piece := read.read(_PIECE):
                control.check()
                written.write(piece)


def _let_go(unpacked: Unpacked) -> None:
    """The reference to `unpacked` ends with the call."""


def _removed(folder: Path, owner: int) -> None:
    """Remove the folder, unless this is a copy of the process that owns it."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
