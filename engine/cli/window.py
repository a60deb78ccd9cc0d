"""The verb that opens the window, in a process of its own: the engine never imports it."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import IsocenterError


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("gui")(gui)


def gui(workspace: Annotated[Path | None, typer.Argument()] = None) -> int:
    """Open the window, on a workspace if one is named."""
    if importlib.util.find_spec("PySide6") is None:
        raise IsocenterError("the window is not installed", hint="Install it with: pip install isocenter")
    command = [sys.executable, "-m", "desktop", *([str(workspace)] if workspace else [])]
    return subprocess.run(command, check=False).returncode


def with_verb(words: list[str], verbs: list[str]) -> list[str]:
    """`isocenter` and `isocenter WORKSPACE` open the window."""
    if not words:
        return ["gui"]
    if words[0] not in verbs and not words[0].startswith("-") and Path(words[0]).is_dir():
        return ["gui", *words]
    return words
