"""What files and folders hold: every scan, every file that is none, and which scans may be one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from engine.control import Control
from engine.imaging.header import ScanHeader
from engine.imaging.reader import Progress
from engine.imaging.unpacked import Unpacked
from engine.imaging.unreadable import Unreadable
from engine.imaging.walk import PassingOver


@dataclass(frozen=True, eq=False)
class Offer:
    """Scans of one grid that differ in one time only, such as a series per echo; `joined` is all as one scan."""

    joined: ScanHeader
    parts: tuple[ScanHeader, ...]

    @property
    def text(self) -> str:
        """What is offered, in words."""
        return f"{len(self.parts)} scans look like one with {self.joined.frames} frames by {self.joined.frame_axis}"


@dataclass(frozen=True, eq=False)
class Discovery:
    """Scans in the order of their places. Each patient has a pseudonym that holds within one discovery only.

    Archives that were unpacked into a temporary folder stay there until `close`, or until neither the discovery nor
    a scan of it is in use any more.
    """

    scans: tuple[ScanHeader, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    offers: tuple[Offer, ...] = ()
    unpacked: Unpacked = field(default_factory=Unpacked, repr=False)

    def joined(self, offers: Iterable[Offer] | None = None) -> "Discovery":
        """With the given offers taken up, or all of them; the joined scan stands where its first part stood."""
        taken = _disjoint(self.offers if offers is None else offers)
        first = {id(offer.parts[0]): offer.joined for offer in taken}
        gone = {id(part) for offer in taken for part in offer.parts[1:]}
        scans = tuple(first.get(id(scan), scan) for scan in self.scans if id(scan) not in gone)
        left = tuple(offer for offer in self.offers if not gone.union(first) & {id(part) for part in offer.parts})
        return Discovery(scans, self.unreadable, left, self.unpacked)

    def only(self, scans: Iterable[ScanHeader]) -> "Discovery":
        """With some of its scans, as a user chose them; nothing more is offered."""
        wanted = {id(scan) for scan in scans}
        return replace(self, scans=tuple(scan for scan in self.scans if id(scan) in wanted), offers=())

    def kept_in(self, folder: Path, control: Control | None = None) -> "Discovery":
        """With temporary files copied below `folder`, to stay; itself where nothing is temporary. OSError."""
        kept = self.unpacked.copied_to(folder, control or Control())
        if kept is self.unpacked:
            return self
        scans = tuple(_moved(scan, self.unpacked, kept) for scan in self.scans)
        return Discovery(scans, self.unreadable, (), kept)

    def shown(self, path: Path) -> Path:
        """A path as the user knows it, such as `archive.zip/scan.nii` for a file that was unpacked."""
        return self.unpacked.shown(path)

    def as_json(self) -> list[dict[str, Any]]:
        """One object per scan and per file that is none, in the form that other programs may rely on."""
        offered = {id(part): f"{n}: {offer.text}" for n, offer in enumerate(self.offers, 1) for part in offer.parts}
        found: list[dict[str, Any]] = []
        for scan in self.scans:
            offer = {"offer": offered[id(scan)]} if id(scan) in offered else {}
            found.append({**scan.as_json(), "path": self._told(scan.path), **offer})
        return found + [{**item.as_json(), "path": self._told(item.path)} for item in self.unreadable]

    def close(self) -> None:
        """Remove what was unpacked into a temporary folder; its scans cannot be opened any more."""
        self.unpacked.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _told(self, path: Path) -> str:
        """The shown path as text that can be printed: bytes of a name that are no text are escaped."""
        return str(self.shown(path)).encode("utf-8", "backslashreplace").decode("utf-8")


def discover(
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    control: Control | None = None,
    unpack_to: Path | None = None,
    scratch: Path | None = None,
    passing_over: PassingOver | None = None,
) -> Discovery:
    """Look into files, folders, zip archives and media, reading headers only.

    Every file is in a scan, among a scan's companions or among the unreadable; hidden ones, and folders below that
    `passing_over` names, are left out. Archives are unpacked below `unpack_to` and stay there, or into a temporary
    folder (below `scratch`). `progress` is told how many files of those known by then are done. Raises nothing but
    Cancelled.
    """
    from engine.imaging.search import Search

    unpacked = Unpacked(unpack_to, scratch)
    search = Search(control or Control(), progress or (lambda done, total: None), unpacked, passing_over)
    try:
        search.look_at(paths)
    except BaseException:
        unpacked.drop_all()
        raise
    scans, offers = search.scans(), search.offers()
    for scan in (*scans, *(offer.joined for offer in offers)):
        unpacked.hold_for(scan.source)
    return Discovery(scans, search.unreadable(), offers, unpacked)


def _moved(scan: ScanHeader, before: Unpacked, after: Unpacked) -> ScanHeader:
    files, companions = (
        tuple(after.placed(before.shown(path)) for path in paths) for paths in (scan.source.files, scan.companions)
    )
    return replace(scan, source=replace(scan.source, files=files), companions=companions)


def _disjoint(offers: Iterable[Offer]) -> list[Offer]:
    """The offers in their order, without those that want a scan which an earlier one took."""
    taken, used = [], set[int]()
    for offer in offers:
        parts = {id(part) for part in offer.parts}
        if not used & parts:
            taken.append(offer)
            used |= parts
    return taken
