"""The audit as a job: what it does off the GUI thread."""

from typing import TYPE_CHECKING

from engine.control import Control

if TYPE_CHECKING:
    from desktop.bridge import Report
    from engine.audit import AuditReport
    from engine.cohort import Workspace


def audited(workspace: "Workspace", division: str, report: "Report", control: Control) -> "AuditReport":
    """Look at the whole cohort, and keep what was found; Cancelled when asked."""
    from engine.audit import audit, keep_report

    found = audit(workspace, division=division, progress=report, control=control)
    keep_report(found, workspace.path)
    return found
