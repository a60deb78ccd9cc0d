"""What a result says of the test vault."""

from typing import Any

from engine.cohort.dividing.vault import openings
from engine.cohort.storage.database import Database
from engine.cohort.workspace import DATABASE, Workspace
from engine.runs import RunFolder


def vault_facts(run: RunFolder) -> dict[str, Any]:
    """How many patients are set aside now, and when and why the vault was opened; as before without a workspace."""
    home = run.workspace_path
    if not Workspace.exists(home):
        return dict(run.metrics().get("vault", {}))
    with Database((home / DATABASE).resolve()).connect() as connection:
        patients = int(connection.execute("SELECT COUNT(*) FROM vault").fetchone()[0])
    opened = [{"made": one.made, "reason": one.reason, "run": one.run} for one in openings(home)]
    return {"patients": patients, "openings": opened} if patients or opened else {}
