"""The last audit held against the cohort as it is now."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.audit import AuditReport, Dismissal, Finding
    from engine.cohort import Cohort, Scan


@dataclass(frozen=True)
class Standing:
    """`report` is None where there was no audit. `settled` are keys of findings that something was done about since.

    `stale` where the cohort has changed since; `scans` are those of the cohort by id.
    """

    report: "AuditReport | None" = None
    settled: frozenset[str] = frozenset()
    dismissed: "dict[str, Dismissal]" = field(default_factory=dict)
    stale: bool = False
    scans: "dict[int, Scan]" = field(default_factory=dict)

    @property
    def findings(self) -> "tuple[Finding, ...]":
        """All of the report, the gravest first."""
        return () if self.report is None else self.report.findings

    @property
    def open(self) -> "list[Finding]":
        """Those nothing was done about yet."""
        return [one for one in self.findings if one.key not in self.settled and one.key not in self.dismissed]

    def count(self, severity: str) -> int:
        """How many open ones are of a severity."""
        return sum(finding.severity == severity for finding in self.open)


def standing_of(workspace: Path, cohort: "Cohort", report: "AuditReport | None" = None) -> Standing:
    """Of a report, or of the one that was kept; takes a moment in large cohorts."""
    from engine.audit.dismissing import dismissed
    from engine.audit.report import state_of
    from engine.audit.shelf import in_cohort, kept_report
    from engine.audit.standing import settled

    found = kept_report(workspace, cohort) if report is None else in_cohort(report, cohort)
    scans = {scan.id: scan for scan in cohort.scans}
    if found is None:
        return Standing(scans=scans)
    done = frozenset(one.key for one in found.findings if settled(one, cohort, scans))
    return Standing(found, done, dismissed(workspace), found.state != state_of(cohort), scans)
