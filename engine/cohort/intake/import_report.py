"""What came of an import."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.cohort.cohort import Cohort, Scan


@dataclass(frozen=True)
class Skipped:
    """A file that was passed over, and why."""

    path: Path
    reason: str


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
    files of those `changed` hold something else, the files of those `vanished` are not there any more.
    """

    cohort: Cohort
    layout: str
    skipped: tuple[Skipped, ...] = field(default=())
    source: str = ""
    new: int = 0
    unchanged: int = 0
    changed: tuple[Scan, ...] = ()
    vanished: tuple[Scan, ...] = ()
    labels: tuple[LabelNews, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report in the form that other programs may rely on."""
        return {
            "layout": self.layout,
            "source": self.source,
            **cohort_json(self.cohort),
            "skipped": [{"path": str(item.path), "reason": item.reason} for item in self.skipped],
            "new": self.new,
            "unchanged": self.unchanged,
            "changed": [str(scan.path) for scan in self.changed],
            "vanished": [str(scan.path) for scan in self.vanished],
            "labels": [news.as_json() for news in self.labels],
        }


def cohort_json(cohort: Cohort) -> dict[str, Any]:
    """Head counts in the form that other programs may rely on."""
    return {
        "patients": len(cohort.patients),
        "scans": len(cohort.scans),
        "level": cohort.level,
        "targets": cohort.counts(),
        "skipped": [],
    }
