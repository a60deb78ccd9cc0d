"""Which reader takes a file, and what the files are that none takes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import ReadError
from engine.imaging.archive import is_package, is_zip
from engine.imaging.medium_index import files_named_by, is_index, met_index
from engine.imaging.reader import Reader, heads_of, known_suffixes, reader_of, readers
from engine.imaging.seeming import may_hold_scans, patternless, seeming
from engine.imaging.unreadable import Unreadable

_BARE = (".img", ".raw")  # voxels without a header
PACKAGE = "a document or program"


@dataclass
class Sieve:
    """Files by the key of the reader that takes them; archives and indexes, which lead to more; and the rest.

    `seeming` tells of files that go to a reader for their name only what their content seems to be.
    """

    by_reader: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    archives: list[Path] = field(default_factory=list)
    named: list[Path] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    seeming: dict[Path, str] = field(default_factory=dict)
    _readers: tuple[Reader, ...] = field(default_factory=lambda: tuple(readers))
    _readable: str = field(default_factory=lambda: _readable())

    @property
    def empty(self) -> bool:
        """Whether nothing was looked at."""
        return not (self.by_reader or self.archives or self.unreadable)

    def sift(self, path: Path, *, given: bool = False, inside_archive: bool = False) -> None:
        """Look at the first bytes of a file. Only of a `given` index are the files it names kept in `named`."""
        try:
            raw, head = heads_of(path)
        except ReadError as failure:
            self.unreadable.append(Unreadable.of(path, failure))
            return
        if is_index(head):
            self._index(path, given)
        elif is_zip(raw) and self._is_archive(path, raw):
            self._archive(path, inside_archive)
        else:
            self._file(path, head, packed=raw is not head)

    def _is_archive(self, path: Path, head: bytes) -> bool:
        if path.name.lower().endswith(".zip"):
            return True
        return not is_package(head, path.name) and not any(reader.claims(head) for reader in self._readers)

    def _archive(self, path: Path, inside_archive: bool) -> None:
        if inside_archive:
            hint = "Unpack the outer archive yourself and open the folder."
            self.unreadable.append(Unreadable(path, "an archive inside of an archive is not unpacked", hint))
        else:
            self.archives.append(path)

    def _index(self, path: Path, given: bool) -> None:
        if given:
            try:
                named = files_named_by(path)
            except ReadError as failure:
                self.unreadable.append(Unreadable.of(path, failure))
                return
            self.named += [found for found in named if isinstance(found, Path)]
            self.unreadable += [found for found in named if isinstance(found, Unreadable)]
        self.unreadable.append(met_index(path))

    def _file(self, path: Path, head: bytes, *, packed: bool) -> None:
        reader, by_content = reader_of(head, path.name, self._readers)
        if packed and by_content and reader is not None and not any(end.endswith("gz") for end in reader.suffixes):
            what = f"this is {reader.info.label} packed by gzip, which is not unpacked"
            self.unreadable.append(Unreadable(path, what, "Unpack it with gunzip, and open the folder."))
            return
        what = "" if by_content else seeming(head)
        if reader is None:
            self.unreadable.append(_foreign(path, PACKAGE if is_package(head, path.name) else what, self._readable))
        elif not head:
            self.unreadable.append(Unreadable(path, "the file is empty", "Copy it again from where it came."))
        else:
            self.by_reader[reader.info.key].append(path)
            what = what or ("" if by_content or path.name.lower().endswith(_BARE) else patternless(head))
            if what and not is_zip(head):
                self.seeming[path] = f"it is named like {reader.info.label}, but seems to be {what}"

    def told(self, failed: Iterable[Unreadable]) -> list[Unreadable]:
        """The same failures; where a file is plainly something else than its name says, that is the reason."""
        hint = "Is it another file under this name? Ask where it came from for the right one."
        return [
            Unreadable(item.path, self.seeming[item.path], hint) if item.path in self.seeming else item
            for item in failed
        ]


def _foreign(path: Path, what: str, hint: str) -> Unreadable:
    if may_hold_scans(what):
        return Unreadable(path, f"this is {what}, which is not unpacked", "Unpack it, and open the folder.")
    error = f"this is {what}" if what.startswith(("a ", "an ")) else "no reader for this kind of file"
    error = "the file is empty" if what == "empty" else error
    return Unreadable(path, error, hint, foreign=True)


def _readable() -> str:
    return f"Readable are: {', '.join(known_suffixes())}, and DICOM under any name."
