"""What an audit says: its findings, and of which cohort it speaks."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engine.audit.dismissing import Dismissal
from engine.audit.finding import SEVERITIES, Finding, place_of
from engine.cohort import Cohort, Scan
from engine.errors import CohortError


@dataclass(frozen=True)
class AuditReport:
    """What was found; `proposed` names a likely patient for each scan where patients are not known.

    `division` and `only` are what was asked for, `checked` says what was looked for. `state` names the cohort as it
    was (see `state_of`).
    """

    findings: tuple[Finding, ...]
    level: str
    scans: int
    proposed: tuple[tuple[Scan, str], ...] = field(default=())
    division: str = ""
    only: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    state: str = ""
    made: datetime = field(default_factory=lambda: datetime.now(UTC))

    def as_json(self, dismissed: Mapping[str, Dismissal] | None = None) -> dict[str, Any]:
        """In the form that other programs may rely on; what was dismissed stands apart, and keeps its number."""
        gone = dismissed or {}
        told = [{"number": number, **finding.as_json()} for number, finding in enumerate(self.findings, 1)]
        open_ones = [one for one in self.findings if one.key not in gone]
        return {
            "findings": [one for one in told if one["key"] not in gone],
            "dismissed": [{**one, "dismissed": gone[one["key"]].as_json()} for one in told if one["key"] in gone],
            "proposed_patients": {place_of(scan): group for scan, group in self.proposed},
            "level": self.level,
            "scans": self.scans,
            "made": self.made.isoformat(timespec="seconds"),
            "division": self.division,
            "checked": list(self.checked),
            "counts": {name: sum(one.severity == name for one in open_ones) for name in SEVERITIES},
        }

    def count(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def named(self, name: str) -> list[Finding]:
        """Those a user means by a number (from 1), a key or a kind; CohortError where there is none."""
        told = enumerate(self.findings, 1)
        found = [one for number, one in told if name in (str(number), one.key, one.kind)]
        if not found:
            hint = f"The last audit numbers them from 1 to {len(self.findings)}; 'isocenter audit' lists them."
            raise CohortError(f"there is no finding '{name}'", hint=hint if self.findings else "It found nothing.")
        return found


def state_of(cohort: Cohort) -> str:
    """A name for what an audit looks at: scans, whose they are, what they are called, and what is left out."""
    named = hashlib.blake2b(digest_size=16)
    for line in _told(cohort):
        named.update(line.encode("utf-8", "surrogatepass"))
    return named.hexdigest()


def _told(cohort: Cohort) -> Iterator[str]:
    yield cohort.level
    for patient in cohort.patients:
        yield f"{patient.key}{sorted(patient.labels.items())}{sorted(patient.covariates.items())}"
        for scan in patient.scans:
            yield f"{scan.id} {scan.digest} {scan.role} {scan.visit} {scan.excluded} {scan.accepted}"
            if scan.labels:
                yield str(sorted(scan.labels.items()))
