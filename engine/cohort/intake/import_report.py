"""What came of an import."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.cohort.cohort import Cohort, Scan

MOST_NAMED = 20


@dataclass(frozen=True)
class Skipped:
    """A file that was passed over, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Remark:
    """One reason to pass over files, and which these are."""

    reason: str
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class LabelNews:
    """A source now says another label of a patient it brought before. What was edited here stays: not `taken`.

    `patient` is the pseudonym; an empty label is none.
    """

    patient: str
    column: str
    had: str
    now: str
    taken: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "patient": self.patient,
            "column": self.column,
            "had": self.had,
            "source_says": self.now,
            "taken": self.taken,
        }


@dataclass(frozen=True)
class ImportReport:
    """What an import found; `cohort` is the workspace's cohort with it (without, on a dry run: only the found).

    `source` is what the source is called in the cohort. Of its scans, `new` came in, `unchanged` are as before, the
    files of those `changed` hold something else, those `moved` lie elsewhere now and are otherwise the same, the files
    of those `vanished` are not there any more. `left_alone` were left out by somebody before, and stay so.
    """

    cohort: Cohort
    layout: str
    skipped: tuple[Skipped, ...] = field(default=())
    source: str = ""
    new: int = 0
    unchanged: int = 0
    changed: tuple[Scan, ...] = ()
    vanished: tuple[Scan, ...] = ()
    moved: tuple[Scan, ...] = ()
    left_alone: int = 0
    labels: tuple[LabelNews, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was passed over, by reason."""
        return remarks_of(self.skipped)

    def as_json(self) -> dict[str, Any]:
        """The report in the form that other programs may rely on."""
        return {
            "layout": self.layout,
            "source": self.source,
            **cohort_json(self.cohort),
            "skipped": [{"path": str(item.path), "reason": item.reason} for item in _first_of_each(self.remarks)],
            "remarks": [{"reason": remark.reason, "files": len(remark.paths)} for remark in self.remarks],
            "new": self.new,
            "unchanged": self.unchanged,
            "changed": [str(scan.path) for scan in self.changed],
            "vanished": [str(scan.path) for scan in self.vanished],
            "moved": [str(scan.path) for scan in self.moved],
            "left_alone": self.left_alone,
            "labels": [news.as_json() for news in self.labels],
        }


def remarks_of(skipped: Iterable[Skipped]) -> tuple[Remark, ...]:
    """What was passed over, by reason; reasons as they come."""
    groups: dict[str, list[Path]] = defaultdict(list)
    for item in skipped:
        groups[item.reason].append(item.path)
    return tuple(Remark(reason, tuple(paths)) for reason, paths in groups.items())


def _first_of_each(remarks: Iterable[Remark]) -> Iterator[Skipped]:
    """So many of each reason that one can look at them; a layout may pass over thousands."""
    for remark in remarks:
        yield from (Skipped(path, remark.reason) for path in remark.paths[:MOST_NAMED])


def cohort_json(cohort: Cohort) -> dict[str, Any]:
    """Head counts in the form that other programs may rely on."""
    return {
        "patients": len(cohort.patients),
        "scans": len(cohort.scans),
        "level": cohort.level,
        "targets": cohort.counts(),
        "skipped": [],
    }
