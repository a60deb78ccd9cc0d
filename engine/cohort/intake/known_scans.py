"""The scans of a source that the cohort has, to know them again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.cohort.cohort import Cohort, Scan
from engine.cohort.intake.examining import Taken
from engine.cohort.intake.moves import moves
from engine.cohort.intake.ownership import scans_by_place

Trace = tuple[str, ...]


class KnownScans:
    """A scan is known by the place of its first file; a series also by any other file, where the first one went.

    A file of an archive is known by its place in there, also when the archive changed and was unpacked anew. What was
    moved or renamed is known by its content, where that is where it was no more; `moved` has these by their new place.
    """

    def __init__(self, cohort: Cohort, name: str, unpacked: Path, taken: Sequence[Taken]) -> None:
        self._unpacked = unpacked
        self._places = scans_by_place(cohort)
        self._left = {scan.id: scan for scan in cohort.scans if scan.origin == name}
        for one in taken:
            for _, scan in one.scans:
                there = self._places.get(_place(scan))
                if there is not None:
                    self._left.pop(there.id, None)
        self._traces = {trace: scan for scan in self._left.values() for trace in self._traces_of(scan)}
        self.moved = moves([scan for one in taken for _, scan in one.scans if self._is_new(scan)], self._left.values())

    def take(self, fresh: Scan) -> Scan | None:
        """The scan that this one was before; None where it is new. Each is taken once."""
        before = self._places.get(_place(fresh))
        if before is not None:
            return before
        found = self._traced(fresh) or self.moved_from(fresh)
        return None if found is None else self._left.pop(found.id, None)

    def moved_from(self, fresh: Scan) -> Scan | None:
        """The scan that was moved to where this one is."""
        return self.moved.get(_place(fresh))

    def left(self) -> list[Scan]:
        """The scans of the source that nothing was found for."""
        return list(self._left.values())

    def _is_new(self, fresh: Scan) -> bool:
        return _place(fresh) not in self._places and self._traced(fresh) is None

    def _traced(self, fresh: Scan) -> Scan | None:
        if not self._traces:
            return None
        traced = (self._traces.get(trace) for trace in self._traces_of(fresh))
        return next((scan for scan in traced if scan is not None and scan.id in self._left), None)

    def _traces_of(self, scan: Scan) -> Iterator[Trace]:
        files, part = scan.source.files, scan.source.part
        if files[0].is_relative_to(self._unpacked):
            folder, *inside = files[0].relative_to(self._unpacked).parts
            yield (folder.rpartition("-")[0], *inside, part)
        elif len(files) > 1:
            yield from ((str(file), part) for file in files)


def _place(scan: Scan) -> tuple[str, str]:
    return str(scan.source.files[0]), scan.source.part
