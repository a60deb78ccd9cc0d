"""What a result says of the test vault."""

from typing import Any

from engine.cohort.dividing.vault import openings
from engine.cohort.storage.database import Database
from engine.cohort.workspace import DATABASE, Workspace
from engine.runs import RunFolder
from engine.runs.division import divided, ever_divided


def vault_facts(run: RunFolder) -> dict[str, Any]:
    """Who is set aside now, how many of them are in this run and in any, and the openings.

    Without a workspace it is as the run said before.
    """
    home = run.workspace_path
    if not Workspace.exists(home):
        return dict(run.metrics().get("vault", {}))
    with Database((home / DATABASE).resolve()).connect() as connection:
        rows = connection.execute("SELECT p.key FROM vault v JOIN patients p ON p.id = v.patient")
        aside = {key for (key,) in rows}
    opened = [{"made": one.made, "reason": one.reason, "run": one.run} for one in openings(home)]
    facts = {
        "patients": len(aside),
        "in_run": len(aside & divided(run)),
        "in_runs": len(aside & ever_divided(home)) if aside else 0,
        "openings": opened,
    }
    return facts if aside or opened else {}
