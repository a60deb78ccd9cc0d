"""The verb audit: what is wrong with a cohort before anybody trains on it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.audit import AuditReport, Finding, audit
from engine.audit.finding import KINDS, SEVERITIES, place_of, printable
from engine.cli.console import AsJson, answer, bar, table
from engine.cohort import Workspace

_MOST_NAMED = 3
_TITLES = {"error": "Errors", "warn": "Warnings", "note": "Notes"}


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("audit")(audit_workspace)


def audit_workspace(
    workspace: Annotated[Path, typer.Argument()],
    only: Annotated[list[str] | None, typer.Option("--only", metavar="KIND", help=f"Of {', '.join(KINDS)}.")] = None,
    division: Annotated[str, typer.Option(help="A column that tells train from test, to look for leaks in.")] = "",
    as_json: AsJson = False,
) -> None:
    """Look for copies, leaks, label clashes, broken files, outliers and confounders; nothing is changed."""
    opened = Workspace.peek(workspace)
    with bar("Auditing") as shown:
        report = audit(opened, only or (), division=division, progress=shown.at)
    answer(report.as_json(), as_json, _lines(report))


def _lines(report: AuditReport) -> list[str | Table]:
    lines: list[str | Table] = []
    for severity in SEVERITIES:
        rows = [(one.kind, one.reason, one.action) for one in report.findings if one.severity == severity]
        if rows:
            lines += [f"{_TITLES[severity]}: {len(rows)}", table("", ("kind", "what", "what to do"), rows), ""]
    named = [line for finding in report.findings if finding.severity == "error" for line in _places(finding)]
    groups = len({group for _, group in report.proposed})
    proposed = (
        [f"{len(report.proposed)} scans look like those of {groups} patients; --json names them."] if groups else []
    )
    if not report.findings:
        return [f"Nothing was found wrong with {report.scans} scans."]
    return [*lines, *named, *proposed]


def _places(finding: Finding) -> list[str]:
    places = [place_of(scan) for scan in finding.scans] + [printable(path) for path in finding.files]
    more = [f"  and {len(places) - _MOST_NAMED} more"] if len(places) > _MOST_NAMED else []
    return (
        [f"{finding.kind}: {finding.reason}", *(f"  {place}" for place in places[:_MOST_NAMED]), *more]
        if places
        else []
    )
