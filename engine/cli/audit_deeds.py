"""What the verb audit does about findings of the last audit: remedies, likely patients, dismissals."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.audit import AuditReport, Finding, GroupPatients, Remedy, audit, dismiss, keep_report, kept_report
from engine.audit.applying import apply_all
from engine.audit.report import state_of
from engine.cli.console import bar
from engine.cohort import Workspace
from engine.errors import CohortError


@dataclass(frozen=True)
class Deeds:
    """`fix` and `dismiss` name findings by number, kind or key."""

    fix: tuple[str, ...]
    dismiss: tuple[str, ...]
    reason: str
    accept_patients: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.fix or self.dismiss or self.accept_patients)

    def carry_out(self, place: Path) -> tuple[dict[str, Any], list[str]]:
        """Do it all, remedies as one edit; as JSON and as lines. CohortError where the cohort changed meanwhile."""
        with Workspace.open(place) as workspace:
            report = self._report(workspace)
            fixed = _named(report, self.fix)
            remedies = [*_remedies(fixed), *(_patients(report) if self.accept_patients else ())]
            gone = _named(report, self.dismiss)
            for finding in gone:
                dismiss(workspace.path, finding.key, self.reason)
            edited = apply_all(remedies, workspace) if remedies else None
        lines = [f"{edited.words}: done. 'isocenter undo' takes it back."] if edited is not None else []
        lines += [f"Dismissed: {finding.reason}" for finding in gone]
        values = {
            "fixed": [finding.as_json() for finding in fixed],
            "dismissed": [finding.as_json() for finding in gone],
            "edit": None if edited is None else {"number": edited.number, "words": edited.words},
        }
        return values, lines

    def _report(self, workspace: Workspace) -> AuditReport:
        """The last audit where the cohort is still the same, else a new one; but numbers speak of the last alone."""
        cohort = workspace.cohort()
        report = kept_report(workspace.path, cohort)
        if report is not None and report.state == state_of(cohort):
            return report
        if any(name.isdigit() for name in (*self.fix, *self.dismiss)):
            hint = "Run 'isocenter audit' on it again: it numbers what it finds anew."
            raise CohortError("the cohort was not audited as it is now", path=workspace.path, hint=hint)
        with bar("Auditing") as shown:
            report = audit(workspace, progress=shown.at)
        keep_report(report, workspace.path)
        return report


def _named(report: AuditReport, names: Iterable[str]) -> list[Finding]:
    """Each once."""
    return list({finding.key: finding for name in names for finding in report.named(name)}.values())


def _remedies(findings: Iterable[Finding]) -> list[Remedy]:
    listed = list(findings)
    found = [one.remedy for one in listed if one.remedy is not None]
    if listed and not found:
        raise CohortError(
            f"nothing can be done here about '{listed[0].kind}': {listed[0].reason}", hint=listed[0].action
        )
    return found


def _patients(report: AuditReport) -> list[GroupPatients]:
    found = [one.remedy for one in report.findings if isinstance(one.remedy, GroupPatients) and one.remedy.likely]
    if not found:
        hint = "They are proposed where the source names no patients and pictures are neighbouring slices."
        raise CohortError("no patients are proposed", hint=hint)
    return found
