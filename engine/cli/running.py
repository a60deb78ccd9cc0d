"""The verbs about runs: demo, run, runs, evaluate, report."""

import json
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, Literal

import typer

from engine.cli.console import AsJson, Bar, answer, bar, note, table
from engine.cli.data import Settings
from engine.cohort import Workspace
from engine.compute import execute, start_run
from engine.control import Control
from engine.demo import make_demo
from engine.errors import Interrupted, RunError
from engine.evaluation.run_scores import score_run
from engine.files import write_text
from engine.recipe import load_recipe, with_settings
from engine.report.from_run import report_on
from engine.runs import RunFolder, RunState, list_runs
from engine.runs import events as ev
from engine.runs.progress import RunProgress

On = Annotated[Literal["here", "processes"], typer.Option("--on", help="In this process, or in a worker process.")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("demo")(demo)
    app.command("run")(run)
    app.command("runs")(runs)
    app.command("evaluate")(evaluate)
    app.command("report")(report)


def demo(
    recipe: Annotated[str, typer.Argument(help="A recipe's name, or its file.")] = "osteoporosis-mri",
    to: Annotated[Path | None, typer.Option("--to", help="A new or empty folder.")] = None,
    settings: Settings = None,
    on: On = "here",
    as_json: AsJson = False,
) -> None:
    """Make a recipe's phantom cohort, run the recipe on it, and write the report."""
    chosen = with_settings(load_recipe(recipe), settings or [])
    folder = to if to is not None else Path(tempfile.mkdtemp(prefix=f"isocenter-{chosen.name}-"))
    with bar("Making the phantom") as shown:
        workspace = make_demo(chosen, folder, shown.at)
    with Workspace.open(workspace) as opened:
        made = RunFolder.create(opened.runs_dir, chosen)
        _carry_out(opened, made, on)
    _answer(made, as_json)


def run(
    workspace: Annotated[Path, typer.Argument()],
    recipe: Annotated[str | None, typer.Argument(help="A recipe's name, or its file.")] = None,
    settings: Settings = None,
    on: On = "here",
    resume: Annotated[str | None, typer.Option("--resume", metavar="RUN", help="Go on with a run.")] = None,
    as_json: AsJson = False,
) -> None:
    """Carry out a recipe on a workspace, or go on with a run that stopped."""
    with Workspace.open(workspace) as opened:
        made = _resumed(opened, resume) if resume else _new(opened, recipe, settings or [])
        _carry_out(opened, made, on)
    _answer(made, as_json)


def runs(workspace: Annotated[Path, typer.Argument()], as_json: AsJson = False) -> None:
    """List the runs of a workspace, newest first."""
    found = [_summary(folder) for folder in list_runs(Workspace.peek(workspace).path)]
    rows = [(item["run"], item["recipe"], item["state"], _headline(item["metrics"])) for item in found]
    answer(found, as_json, [table("", ("run", "recipe", "state", "balanced accuracy"), rows)] if rows else ["No runs."])


def evaluate(run_path: Annotated[Path, typer.Argument(metavar="RUN")], as_json: AsJson = False) -> None:
    """Compute the figures and the report of a run anew, from its predictions."""
    folder = RunFolder.open(run_path)
    level = Workspace.peek(folder.workspace_path).cohort().level if _in_workspace(folder) else _level(folder)
    write_text(folder.metrics_path, json.dumps(score_run(folder, folder.recipe(), level), indent=2))
    report_on(folder)
    _answer(folder, as_json)


def report(run_path: Annotated[Path, typer.Argument(metavar="RUN")], as_json: AsJson = False) -> None:
    """Write the HTML report of a run."""
    folder = RunFolder.open(run_path)
    written = report_on(folder)
    answer({"run": str(folder.path), "report": str(written)}, as_json, [f"Report: {written}"])


def _new(workspace: Workspace, recipe: str | None, settings: list[str]) -> RunFolder:
    if recipe is None:
        raise typer.BadParameter("Name a recipe, or a run to --resume")
    return RunFolder.create(workspace.runs_dir, with_settings(load_recipe(recipe), settings))


def _resumed(workspace: Workspace, name: str) -> RunFolder:
    path = Path(name) if Path(name).is_dir() else workspace.runs_dir / name
    folder = RunFolder.open(path)
    if folder.state() == RunState.FINISHED:
        raise RunError(f"the run '{folder.name}' is finished", hint="Start a new run, or look at its report.")
    return folder


def _carry_out(workspace: Workspace, folder: RunFolder, on: str) -> None:
    progress = RunProgress()
    with bar("Running") as shown:

        def listen(event: ev.Event) -> None:
            progress.apply(event)
            _show(shown, progress, event)

        if on == "processes":
            _in_worker(workspace, folder, listen)
        else:
            _here(workspace, folder, listen)


def _here(workspace: Workspace, folder: RunFolder, listen: Any) -> None:
    control = Control()
    with _interruptible(control.interrupt):
        try:
            execute(workspace.path, folder, control, listen)
        except Interrupted:
            raise _interrupted(folder) from None


def _in_worker(workspace: Workspace, folder: RunFolder, listen: Any) -> None:
    handle = start_run(workspace.path, folder, where="process", on_event=listen)
    with _interruptible(handle.interrupt):
        while not handle.wait(0.2):
            pass
    state = folder.state()
    if state == RunState.INTERRUPTED:
        raise _interrupted(folder)
    last = next((event for event in reversed(folder.events()) if isinstance(event, ev.RunFailed)), None)
    if state == RunState.FAILED and last is not None:
        raise RunError(last.error, hint=last.hint)


def _interrupted(folder: RunFolder) -> RunError:
    hint = f"Go on with: isocenter run {folder.workspace_path} --resume {folder.name}"
    return RunError("the run was interrupted; what was done is kept", hint=hint)


@contextmanager
def _interruptible(interrupt: Any) -> Iterator[None]:
    """The first Ctrl+C stops the run at a safe point; the second stops at once."""

    def once(number: int, frame: FrameType | None) -> None:
        note("Stopping after the batch at hand; press Ctrl+C again to stop at once.")
        signal.signal(signal.SIGINT, signal.default_int_handler)
        interrupt()

    before = signal.signal(signal.SIGINT, once)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _show(shown: Bar, progress: RunProgress, event: ev.Event) -> None:
    if isinstance(event, ev.Warned):
        note(event.text)
    if progress.fraction is not None:
        place = f"Fold {progress.fold} of {progress.folds}" if progress.folds else "Preparing"
        shown.at(progress.fraction, 1.0, place)


def _summary(folder: RunFolder) -> dict[str, Any]:
    metrics = folder.metrics()
    return {
        "workspace": str(folder.workspace_path),
        "run": folder.name,
        "path": str(folder.path),
        "recipe": folder.recipe().name,
        "state": str(folder.state()),
        "level": metrics.get("level"),
        "metrics": metrics.get("metrics", {}),
    }


def _answer(folder: RunFolder, as_json: bool) -> None:
    figures = folder.metrics()
    values = {
        "workspace": str(folder.workspace_path),
        "run": str(folder.path),
        "report": str(folder.report_path),
        **figures,
    }
    lines: list[Any] = [f"{target}: {text}" for target, text in figures.get("verdicts", {}).items()]
    for target, named in figures.get("metrics", {}).items():
        rows = [(name, _percent(figure)) for name, figure in named.items()]
        lines.append(table("", (target, "value [interval]"), rows))
    lines += [f"Run: {folder.path}", f"Report: {folder.report_path}", "Research use only; not for clinical use."]
    answer(values, as_json, lines)


def _headline(metrics: dict[str, Any]) -> str:
    return ", ".join(_percent(named["balanced_accuracy"]) for named in metrics.values())


def _percent(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return f"not defined: {figure.get('reason', '')}"
    return f"{figure['value']:.3f} [{figure['low']:.3f} to {figure['high']:.3f}]"


def _in_workspace(folder: RunFolder) -> bool:
    return Workspace.exists(folder.workspace_path)


def _level(folder: RunFolder) -> str:
    started = next((event for event in folder.events() if isinstance(event, ev.RunStarted)), None)
    return "patient" if started is None else started.level
