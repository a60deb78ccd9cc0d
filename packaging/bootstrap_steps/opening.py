"""`run`: the window, or without a display the demo study and where its results are."""

import json
import os
from pathlib import Path

from bootstrap_steps.announce import say
from bootstrap_steps.display import has_display
from bootstrap_steps.failure import Failure
from bootstrap_steps.installation import ensure_installed
from bootstrap_steps.places import Repository
from bootstrap_steps.processes import Argument, call, call_for_output
from bootstrap_steps.system_libraries import advise_for_the_window

DEMO_RECIPE = "osteoporosis-mri"


def run(repository: Repository, arguments: list[str]) -> int:
    """Open the window on the workspace that the first argument names, or on the demo study."""
    named = bool(arguments) and not arguments[0].startswith("-")
    if not has_display(os.environ):
        if named:
            raise Failure(
                "There is no display to open a window on.",
                f"Without one, use the command line: {repository.program('isocenter')} --help",
            )
        ensure_installed(repository)
        return run_demo(repository)
    ensure_installed(repository)
    advise_for_the_window()
    wishes = [str(Path(arguments[0]).absolute()), *arguments[1:]] if named else ["--demo", *arguments]
    return call([repository.python, "-m", "desktop", *wishes], repository.root)


def run_demo(repository: Repository) -> int:
    """The demo study without a window: its progress on stderr, then where its results are on stdout."""
    folder = unused_folder(repository.root / "demo")
    say(f"There is no display: running the demo study in {folder}")
    command: list[Argument] = [
        repository.python,
        "-m",
        "engine.cli",
        "demo",
        DEMO_RECIPE,
        "--to",
        folder,
        "--json",
    ]
    status, output = call_for_output(command, repository.root)
    answer = as_answer(output)
    if status or "error" in answer:
        raise Failure(f"The demo study failed: {answer.get('error', f'exit status {status}')}", answer.get("hint", ""))
    if "run" not in answer:
        raise Failure("The demo study did not say where its run is.", f"Look in {folder}")
    finished = Path(answer["run"])
    print(f"Workspace  {answer.get('workspace', folder)}")
    print(f"Report     {finished / 'report.html'}")
    print(f"Pictures   {finished / 'pictures'}")
    return 0


def as_answer(output: str) -> dict[str, str]:
    """The texts of the command line's JSON; nothing where it wrote something else."""
    try:
        answer = json.loads(output)
    except ValueError:
        return {}
    return {name: text for name, text in answer.items() if isinstance(text, str)} if isinstance(answer, dict) else {}


def unused_folder(wish: Path) -> Path:
    """`wish`, or the first of wish-2, wish-3, ... that is not there: no demo is ever written over."""
    numbered = (wish.with_name(f"{wish.name}-{number}") for number in range(2, 10_000))
    return wish if not wish.exists() else next(path for path in numbered if not path.exists())
