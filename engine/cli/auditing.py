"""The verb audit: what is wrong with a cohort before anybody trains on it, and what is done about it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.audit import AuditReport, Dismissal, Finding, GroupPatients, audit, dismissed, keep_report
from engine.audit.finding import KINDS, SEVERITIES, place_of, printable
from engine.cli.audit_deeds import Deeds
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
    division: Annotated[
        str, typer.Option(help="The one to look for leaks in: 'folders', a column, a saved division, a run.")
    ] = "",
    fix: Annotated[
        list[str] | None,
        typer.Option("--fix", metavar="KIND|NUMBER", help="Do what is proposed about findings of the last audit."),
    ] = None,
    accept_patients: Annotated[
        bool, typer.Option("--accept-patients", help="Group the scans into the patients the last audit proposed.")
    ] = False,
    dismiss: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND|NUMBER", help="Findings of the last audit that are no problem."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why they are none; kept in the workspace.")] = "",
    as_json: AsJson = False,
) -> None:
    """Look for copies, leaks, label clashes, broken files, outliers and confounders; or do something about them.

    An audit changes nothing. What --fix and --accept-patients do is one edit, which 'isocenter undo' takes back.
    """
    deeds = Deeds(tuple(fix or ()), tuple(dismiss or ()), reason, accept_patients)
    if deeds.any:
        values, lines = deeds.carry_out(workspace)
        answer(values, as_json, lines)
        return
    opened = Workspace.peek(workspace)
    with bar("Auditing") as shown:
        report = audit(opened, only or (), division=division, progress=shown.at)
    keep_report(report, opened.path)
    gone = dismissed(opened.path)
    answer(report.as_json(gone), as_json, _lines(report, gone))


def _lines(report: AuditReport, gone: Mapping[str, Dismissal]) -> list[str | Table]:
    numbered = [(number, one) for number, one in enumerate(report.findings, 1) if one.key not in gone]
    lines: list[str | Table] = []
    for severity in SEVERITIES:
        rows = [(str(number), one.kind, one.reason, one.action) for number, one in numbered if one.severity == severity]
        if rows:
            lines += [f"{_TITLES[severity]}: {len(rows)}", table("", ("", "kind", "what", "what to do"), rows), ""]
    if not numbered:
        lines = [f"Nothing was found wrong with {report.scans} scans."]
    named = [line for _, finding in numbered if finding.severity == "error" for line in _places(finding)]
    return [*lines, *named, *_proposed(report), *_dismissed(report, gone)]


def _proposed(report: AuditReport) -> list[str]:
    """Where they are not accepted already."""
    if not any(isinstance(one.remedy, GroupPatients) for one in report.findings):
        return []
    groups = len({group for _, group in report.proposed})
    told = f"{len(report.proposed)} scans look like those of {groups} patients; --json names them,"
    return [f"{told} --accept-patients groups them."]


def _dismissed(report: AuditReport, gone: Mapping[str, Dismissal]) -> list[str]:
    told = [(number, one) for number, one in enumerate(report.findings, 1) if one.key in gone]
    return [f"Dismissed: {number} {one.reason} ({gone[one.key].reason})" for number, one in told]


def _places(finding: Finding) -> list[str]:
    places = [place_of(scan) for scan in finding.scans] + [printable(path) for path in finding.files]
    more = [f"  and {len(places) - _MOST_NAMED} more"] if len(places) > _MOST_NAMED else []
    return (
        [f"{finding.kind}: {finding.reason}", *(f"  {place}" for place in places[:_MOST_NAMED]), *more]
        if places
        else []
    )
