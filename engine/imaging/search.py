"""One search for scans: the way from places to what `Discovery` holds."""

import logging
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.control import Control
from engine.errors import Cancelled, ReadError
from engine.imaging.archive import checked, content_of, unpack
from engine.imaging.discovery import Offer
from engine.imaging.header import ScanHeader
from engine.imaging.pseudonyms import pseudonymised
from engine.imaging.reader import Found, Progress, readers
from engine.imaging.sifting import Sieve
from engine.imaging.tally import Tally
from engine.imaging.unpacked import Unpacked
from engine.imaging.unreadable import Unreadable
from engine.imaging.walk import PassingOver, Walk, by_place, natural

FAULT = "the reader of this format failed"
_log = logging.getLogger(__name__)


class Search:
    """Walks, sifts and surveys the places; then each archive met there, by itself, so that copies do not mix."""

    def __init__(
        self, control: Control, progress: Progress, unpacked: Unpacked, passing_over: PassingOver | None
    ) -> None:
        self._control, self._unpacked, self._passing_over = control, unpacked, passing_over
        self._tally = Tally(progress)
        self._scans: list[ScanHeader] = []
        self._unreadable: list[Unreadable] = []

    def look_at(self, places: Sequence[Path]) -> None:
        """Take in everything at and below the places. Raises nothing but Cancelled."""
        sieve, walk = Sieve(), Walk(self._control, self._passing_over)
        given = set(places)
        for path in walk.files(places):
            self._tally.found()
            sieve.sift(path, given=path in given)
        for path in walk.files(sieve.named):
            self._tally.found()
            sieve.sift(path)
        self._unreadable += walk.unreadable
        self._survey(sieve)
        for archive in sieve.archives:
            self._look_into(archive)
            self._tally.done()
        self._tally.finish()

    def scans(self) -> tuple[ScanHeader, ...]:
        """In the order of their places, with pseudonyms."""
        order = sorted(
            self._scans, key=lambda scan: (by_place(self._unpacked.shown(scan.path)), natural(scan.source.part))
        )
        self._scans = pseudonymised(order)
        return tuple(self._scans)

    def unreadable(self) -> tuple[Unreadable, ...]:
        """What is no scan and belongs to none, in the order of its places."""
        used = {file for scan in self._scans for file in (*scan.source.files, *scan.companions)}
        left = [item for item in self._unreadable if item.path not in used]
        return tuple(sorted(left, key=lambda item: by_place(self._unpacked.shown(item.path))))

    def offers(self) -> tuple[Offer, ...]:
        """Which of the scans may be one."""
        found: list[Offer] = []
        for reader in readers:
            if reader.offers is not None:
                try:
                    found += reader.offers(self._scans)
                except Exception as failure:
                    _log.warning("offers of the %s reader failed: %s", reader.info.key, _fault(failure))
        return tuple(found)

    def _look_into(self, archive: Path) -> None:
        try:
            with _folder_errors(archive):
                folder = self._unpacked.folder_for(archive)
        except ReadError as failure:
            self._unreadable.append(Unreadable.of(archive, failure))
            return
        try:
            damaged = self._unpack(archive, folder)
        except ReadError as failure:
            self._unpacked.drop(folder)
            self._unreadable.append(Unreadable.of(archive, failure))
            return
        sieve = self._look_below(folder)
        if sieve.empty and not damaged:
            damaged = [Unreadable(archive, "the archive holds no files", foreign=True)]
        self._unreadable += damaged

    def _unpack(self, archive: Path, folder: Path) -> list[Unreadable]:
        with checked(archive) as opened:
            self._tally.found(len(opened.infolist()))
            self._unpacked.tell_content(folder, content_of(opened))
            return unpack(opened, folder, self._control, self._tally.done)

    def _look_below(self, folder: Path) -> Sieve:
        sieve, walk = Sieve(), Walk(self._control)
        for path in walk.files([folder]):
            self._tally.found()
            sieve.sift(path, inside_archive=True)
        self._unreadable += walk.unreadable
        self._survey(sieve)
        return sieve

    def _survey(self, sieve: Sieve) -> None:
        self._unreadable += sieve.unreadable
        self._tally.done(len(sieve.unreadable))
        for key, files in sieve.by_reader.items():
            found = list(self._surveyed(key, files))
            self._scans += [item for item in found if isinstance(item, ScanHeader)]
            failed = [item for item in found if isinstance(item, Unreadable)]
            self._unreadable += sieve.told(failed)

    def _surveyed(self, key: str, files: list[Path]) -> Iterator[Found]:
        """What a reader finds; a file it says nothing of, even because it fails, is told as unreadable."""
        left = dict.fromkeys(files)
        reason = "the reader of this format passed it over"
        with self._tally.share(len(files)) as progress:
            try:
                for item in readers.get(key).survey(files, self._control, progress):
                    for file in _files_of(item):
                        left.pop(file, None)
                    yield item
            except Cancelled:
                raise
            except Exception as failure:
                reason = f"{FAULT}: {_fault(failure)}"
        hint = "This is a fault in Isocenter; the other files are not affected."
        yield from (Unreadable(path, reason, hint) for path in left)


@contextmanager
def _folder_errors(archive: Path) -> Iterator[None]:
    """ReadError where no folder can be made to unpack into."""
    try:
        yield
    except OSError as failure:
        told = failure.strerror or "no folder can be made"
        raise ReadError(
            f"the archive cannot be unpacked: {told}", path=archive, hint="Choose another folder."
        ) from failure


def _fault(failure: Exception) -> str:
    """Its kind and where it was raised; its message is left out, for it may hold what stands in the file."""
    where = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{type(failure).__name__} in {Path(where.filename).name}, line {where.lineno}"


def _files_of(item: Found) -> Iterable[Path]:
    return (*item.source.files, *item.companions) if isinstance(item, ScanHeader) else (item.path,)
