"""One thing the audit noticed about the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from engine.audit.remedy import Remedy, remedy_json
from engine.cohort import Scan

Kind = Literal[
    "leak",
    "duplicate",
    "near-duplicate",
    "label-clash",
    "label-gap",
    "truncated",
    "unreadable",
    "geometry",
    "confounder",
    "outlier",
    "imbalance",
]
Severity = Literal["error", "warn", "note"]

KINDS: tuple[Kind, ...] = get_args(Kind)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True)
class Finding:
    """`reason` and `action` are sentences for people; `patients` are pseudonyms, `files` lie outside of the cohort.

    An error makes results wrong, a warning may; a note is to be known.
    """

    kind: Kind
    severity: Severity
    reason: str
    action: str
    scans: tuple[Scan, ...] = ()
    patients: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    remedy: Remedy | None = None

    def as_json(self) -> dict[str, Any]:
        """In the form that other programs may rely on."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "scans": [place_of(scan) for scan in self.scans] + [printable(path) for path in self.files],
            "patients": list(self.patients or owners(self.scans)),
            "reason": self.reason,
            "action": self.action,
            "remedy": remedy_json(self.remedy),
        }


def place_of(scan: Scan) -> str:
    """Where a scan lies, as text; several in one file are told apart by their part."""
    return printable(scan.path) + (f"#{scan.source.part}" if scan.source.part else "")


def printable(path: Path) -> str:
    """A path as text that can be printed: bytes of a name that are no text are escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def owners(scans: Iterable[Scan]) -> tuple[str, ...]:
    """The patients of scans, each once."""
    return tuple(dict.fromkeys(scan.patient for scan in scans))


def counted(count: int, noun: str) -> str:
    """Such as "1 scan" or "6,400 scans"."""
    plural = noun if count == 1 else f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    plural = noun.replace("class", "classes") if noun.endswith("class") and count != 1 else plural
    return f"{count:,} {plural}"
