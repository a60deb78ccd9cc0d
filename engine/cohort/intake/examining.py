"""Reading the files of scans that are to be taken in: whether all is there, and what their content is called."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from engine.cohort.cohort import Scan
from engine.cohort.intake.digest import content_digest
from engine.cohort.intake.import_report import Skipped
from engine.cohort.intake.layout import FoundScan
from engine.cohort.intake.ownership import Owner, Place, remembered
from engine.cohort.intake.stamps import stamp_of
from engine.control import Control
from engine.errors import CohortError, ReadError
from engine.imaging import ScanSource

Progress = Callable[[int, int], None]
_AT_ONCE = 16
_READERS = min(4, (os.cpu_count() or 1) + 1)


@dataclass(frozen=True)
class Taken:
    """A patient of a source with those of its scans that could be read: as found, and as they will be kept."""

    owner: Owner
    scans: tuple[tuple[FoundScan, Scan], ...]


def examined(
    owners: Sequence[Owner], known: Mapping[Place, Scan], progress: Progress, control: Control, source: Path
) -> tuple[list[Taken], list[Skipped]]:
    """The scans with the names of their contents, and those that cannot be read.

    A known scan whose files have the same sizes and times as before is not read again. `progress` counts scans.
    CohortError where not a single scan of the source can be read.
    """
    found = [scan for owner in owners for scan in owner.found.scans]
    read = dict[int, Scan | ReadError]()
    for number, scan in _read(found, known, control):
        read[number] = scan
        progress(len(read), len(found))
    taken, skipped, number = list[Taken](), list[Skipped](), 0
    for owner in owners:
        good = list[tuple[FoundScan, Scan]]()
        for one in owner.found.scans:
            answer = read[number]
            number += 1
            if isinstance(answer, ReadError):
                skipped.append(Skipped(one.header.path, answer.what))
            else:
                good.append((one, answer))
        if good:
            taken.append(Taken(owner, tuple(good)))
    if not taken:
        hint = "Was the folder moved, or is a drive unplugged?"
        raise CohortError(f"no scan can be taken in: {skipped[0].reason}", path=source, hint=hint)
    return taken, skipped


def _read(
    found: Sequence[FoundScan], known: Mapping[Place, Scan], control: Control
) -> Iterator[tuple[int, Scan | ReadError]]:
    """Each scan's number and what was read, in any order; a few files at a time, since disks answer late."""
    waiting = iter(range(0, len(found), _AT_ONCE))
    stop = Control()
    with ThreadPoolExecutor(_READERS, "reading") as pool:

        def begin(start: int) -> "Future[list[tuple[int, Scan | ReadError]]]":
            some = range(start, min(start + _AT_ONCE, len(found)))
            return pool.submit(lambda: [(number, _examined(found[number], known, stop)) for number in some])

        try:
            running = {begin(start) for start in islice(waiting, 2 * _READERS)}
            while running:
                control.check()
                done, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in done:
                    running.update(begin(start) for start in islice(waiting, 1))
                    for answer in future.result():
                        yield answer
                        control.check()
        finally:
            stop.cancel()


def _examined(found: FoundScan, known: Mapping[Place, Scan], stop: Control) -> Scan | ReadError:
    try:
        return _scan(found, known, stop)
    except ReadError as failure:
        return failure


def _scan(found: FoundScan, known: Mapping[Place, Scan], stop: Control) -> Scan:
    header = found.header
    stop.check()
    files = tuple(_kept(path) for path in header.source.files)
    stamp = stamp_of(header.source.files, header.companions)
    before = known.get((str(files[0]), header.source.part))
    same = before is not None and before.stamp == stamp and before.source.files == files
    return Scan(
        id=0,
        patient="",
        role=found.role,
        source=ScanSource(header.source.reader, files, header.source.part),
        format=header.format,
        shape=header.shape,
        frames=header.frames,
        digest=before.digest if same and before is not None else content_digest(header, stop),
        doubts=header.doubts,
        title=header.title,
        modality=header.modality,
        visit=found.visit,
        labels=found.labels,
        stamp=stamp,
    )


def _kept(path: Path) -> Path:
    kept = remembered(path)
    try:
        str(kept).encode("utf-8")
    except UnicodeEncodeError:
        hint = "Rename the file or its folder."
        raise ReadError("its name is not readable text", path=path, hint=hint) from None
    return kept
