"""The last audit on disk: shown again when the workspace is opened, until the next one takes its place."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.audit.dismissing import FOLDER
from engine.audit.finding import Finding
from engine.audit.remedy import remedy_from, remedy_json
from engine.audit.report import AuditReport
from engine.cohort import Cohort, Scan
from engine.errors import StorageError
from engine.files import write_text

_FILE, _VERSION = "report.json", 2


def keep_report(report: AuditReport, workspace: Path) -> None:
    """Write it beside the signatures; a disk that refuses only costs an audit when the workspace is opened again."""
    groups: dict[str, list[int]] = defaultdict(list)
    for scan, group in report.proposed:
        groups[group].append(scan.id)
    told = {
        "version": _VERSION,
        "made": report.made.isoformat(),
        "level": report.level,
        "scans": report.scans,
        "state": report.state,
        "division": report.division,
        "only": list(report.only),
        "checked": list(report.checked),
        "proposed": groups,
        "findings": [_finding_json(finding) for finding in report.findings],
    }
    try:
        write_text(workspace / FOLDER / _FILE, json.dumps(told, ensure_ascii=True))
    except StorageError:
        return


def kept_report(workspace: Path, cohort: Cohort) -> AuditReport | None:
    """The last audit; None where there is none, or it cannot be read. Scans that have gone since are left out."""
    scans = {scan.id: scan for scan in cohort.scans}
    try:
        told = json.loads((workspace / FOLDER / _FILE).read_text(encoding="utf-8"))
        return _report(told, scans) if told["version"] == _VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def in_cohort(report: AuditReport, cohort: Cohort) -> AuditReport:
    """The report with its scans as they are now; those that have gone since are left out."""
    scans = {scan.id: scan for scan in cohort.scans}
    found = [replace(one, scans=_there(scans, (scan.id for scan in one.scans))) for one in report.findings]
    kept = [one for one, before in zip(found, report.findings, strict=True) if one.scans or not before.scans]
    proposed = tuple((scans[scan.id], group) for scan, group in report.proposed if scan.id in scans)
    return replace(report, findings=tuple(kept), proposed=proposed)


def _report(told: Mapping[str, Any], scans: Mapping[int, Scan]) -> AuditReport:
    findings = [(_finding(one, scans), bool(one["scans"])) for one in told["findings"]]
    proposed = ((scan, group) for group, numbers in told["proposed"].items() for scan in _there(scans, numbers))
    return AuditReport(
        findings=tuple(one for one, had_scans in findings if one.scans or not had_scans),
        level=told["level"],
        scans=told["scans"],
        proposed=tuple(proposed),
        division=told["division"],
        only=tuple(told["only"]),
        checked=tuple(told["checked"]),
        state=told["state"],
        made=datetime.fromisoformat(told["made"]),
    )


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "reason": finding.reason,
        "action": finding.action,
        "scans": [scan.id for scan in finding.scans],
        "patients": list(finding.patients),
        "files": [str(path) for path in finding.files],
        "remedy": remedy_json(finding.remedy),
        "others": [remedy_json(other) for other in finding.others],
        "groups": [list(group) for group in finding.groups],
    }


def _finding(told: Mapping[str, Any], scans: Mapping[int, Scan]) -> Finding:
    others = (remedy_from(other) for other in told["others"])
    return Finding(
        told["kind"],
        told["severity"],
        told["reason"],
        told["action"],
        _there(scans, told["scans"]),
        tuple(told["patients"]),
        tuple(Path(path) for path in told["files"]),
        remedy_from(told["remedy"]),
        tuple(other for other in others if other is not None),
        tuple(tuple(group) for group in told["groups"]),
    )


def _there(scans: Mapping[int, Scan], numbers: Any) -> tuple[Scan, ...]:
    return tuple(scans[number] for number in numbers if number in scans)
