"""The verb that checks the installation."""

from typing import Annotated

import typer

from engine.cli.console import AsJson, answer, table
from engine.doctor import examine

FAILED = 1
_MARKS = {"good": "ok", "note": "note", "bad": "BAD"}


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("doctor")(doctor)


def doctor(
    quick: Annotated[bool, typer.Option("--quick", help="Leave out the training step and OpenGL.")] = False,
    as_json: AsJson = False,
) -> int:
    """Check the installation: packages, device, OpenGL, readers, models, disk; status 1 when something is broken."""
    checks = examine(quick=quick)
    broken = any(check.state == "bad" for check in checks)
    values = {"healthy": not broken, "checks": [check.as_json() for check in checks]}
    rows = [(_MARKS[check.state], check.name, check.told) for check in checks]
    answer(values, as_json, [table("", ("", "part", "found"), rows)])
    return FAILED if broken else 0
