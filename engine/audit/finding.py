"""One thing the audit noticed about the data."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
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

_FIGURES = re.compile(r"'[^']*'|[\d.,]+")


@dataclass(frozen=True)
class Finding:
    """`reason` and `action` are sentences for people; `patients` are pseudonyms, `files` lie outside of the cohort.

    An error makes results wrong, a warning may; a note is to be known. `groups` are scans (by id) that belong
    together. `remedy` is what is best done; `others` can be done instead, where only people know.
    """

    kind: Kind
    severity: Severity
    reason: str
    action: str
    scans: tuple[Scan, ...] = ()
    patients: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    remedy: Remedy | None = None
    others: tuple[Remedy, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def key(self) -> str:
        """A name that the same finding has in every audit, whatever its figures are by then."""
        words = _FIGURES.sub(lambda found: found.group() if found.group().startswith("'") else "", self.reason)
        scans = ",".join(map(str, sorted({scan.id for scan in self.scans})))
        told = "|".join((self.kind, self.severity, words, scans, *map(printable, self.files)))
        return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """Everything that can be done about it here."""
        return self.others if self.remedy is None else (self.remedy, *self.others)

    def as_json(self) -> dict[str, Any]:
        """In the form that other programs may rely on."""
        return {
            "key": self.key,
            "kind": self.kind,
            "severity": self.severity,
            "scans": [place_of(scan) for scan in self.scans] + [printable(path) for path in self.files],
            "patients": list(self.patients or owners(self.scans)),
            "reason": self.reason,
            "action": self.action,
            "remedy": remedy_json(self.remedy),
            "other_remedies": [remedy_json(other) for other in self.others],
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
