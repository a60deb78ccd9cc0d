"""The one job function: a recipe carried out, wherever it runs, from whatever was done before."""

import time
import traceback
from collections.abc import Callable
from pathlib import Path

from engine.cohort import Cohort, Workspace
from engine.cohort.dividing.division import Fold, chosen
from engine.cohort.dividing.joining import cohort_for
from engine.compute.allocator import keep_buffers
from engine.compute.device import Device, choose_device, make_repeatable
from engine.compute.division_file import division, division_warnings, protocol_of
from engine.compute.environment import record, require_same
from engine.compute.journal import Journal
from engine.compute.result import conclude
from engine.control import Control
from engine.errors import Cancelled, Interrupted, IsocenterError, TrainingError
from engine.models.model import check
from engine.prepare import PreparedCohort, prepare_cohort
from engine.recipe import Recipe
from engine.runs import RunFolder
from engine.runs import events as ev

Emit = Callable[[ev.Event], None]


def execute(workspace: Path, run: RunFolder, control: Control, emit: Emit) -> None:
    """Carry out the recipe of a run folder, or what is left to do of it, and leave every result in the folder.

    It is the same in a thread, a worker process and on a cluster. What goes wrong, or a stop that was asked for,
    is the last event and is then raised.
    """
    lock = run.lock()
    try:
        journal = Journal(run, emit)
        try:
            control.watch(lambda: journal.emit(ev.RunPaused()), lambda: journal.emit(ev.RunContinued()))
            _told_how_it_ends(lambda: _work(Workspace.peek(workspace), run, control, journal), journal)
        finally:
            journal.close()
    finally:
        lock.release()


def _work(workspace: Workspace, run: RunFolder, control: Control, journal: Journal) -> None:
    started = time.perf_counter()
    recipe = run.recipe()
    check(recipe)
    chosen(recipe.protocol)
    resumed = any(isinstance(event, ev.RunStarted) for event in run.events())
    device = choose_device(recipe.training.device)
    make_repeatable(device)
    keep_buffers()
    patients = cohort_for(protocol_of(run, recipe), workspace.cohort(), workspace.path)
    cohort = _prepared(workspace, patients, recipe, control, journal)
    require_same(run, recipe, cohort)
    folds = division(run, recipe, cohort, patients)
    record(run, recipe, cohort, device)
    journal.emit(_opening(run, recipe, folds, device, patients.level, resumed))
    if not resumed:
        warnings = division_warnings(run, recipe, cohort, patients, folds)
        for line in (*cohort.left_out, *cohort.accepted, *warnings):
            journal.emit(ev.Warned(text=line))
    _train(recipe, cohort, run, folds, device, control, journal)
    conclude(recipe, cohort, run, folds, patients, control, journal)
    journal.emit(ev.RunFinished(seconds=time.perf_counter() - started))


def _prepared(
    workspace: Workspace, patients: Cohort, recipe: Recipe, control: Control, journal: Journal
) -> PreparedCohort:
    return prepare_cohort(
        recipe,
        patients,
        workspace.prepared_dir,
        lambda done, total: journal.progress(ev.Prepared(done=done, total=total)),
        control,
    )


def _opening(
    run: RunFolder, recipe: Recipe, folds: list[Fold], device: Device, level: str, resumed: bool
) -> ev.RunStarted | ev.RunResumed:
    if resumed:
        done = sum(1 for fold in folds if (run.fold_path(fold.number) / "predictions.csv").exists())
        return ev.RunResumed(run=run.name, folds_done=done, device=device.label)
    return ev.RunStarted(
        run=run.name,
        recipe=recipe.name,
        folds=len(folds),
        epochs=recipe.training.epochs,
        device=device.label,
        level=level,
    )


def _train(
    recipe: Recipe,
    cohort: PreparedCohort,
    run: RunFolder,
    folds: list[Fold],
    device: Device,
    control: Control,
    journal: Journal,
) -> None:
    from engine.training.fold import train_fold
    from engine.training.work import FoldWork

    for fold in folds:
        train_fold(FoldWork(recipe, cohort, run, fold, len(folds), device.torch), control, journal.emit)


def _told_how_it_ends(work: Callable[[], None], journal: Journal) -> None:
    try:
        work()
    except Interrupted:
        journal.emit_last(ev.RunInterrupted())
        raise
    except Cancelled:
        journal.emit_last(ev.RunCancelled())
        raise
    except IsocenterError as failure:
        journal.emit_last(ev.RunFailed(error=failure.what, hint=failure.hint))
        raise
    except Exception as failure:
        known = _understood(failure)
        journal.emit_last(ev.Warned(text=_where(failure)))
        journal.emit_last(ev.RunFailed(error=known.what, hint=known.hint))
        raise known from failure


def _understood(failure: Exception) -> TrainingError:
    if isinstance(failure, MemoryError) or type(failure).__name__ == "OutOfMemoryError":
        return TrainingError("the memory is full", hint="Lower the batch size or the model's width, then resume.")
    hint = "Nothing that was finished is lost. The log says where it happened."
    return TrainingError(f"an unexpected {type(failure).__name__} stopped the run", hint=hint)


def _where(failure: Exception) -> str:
    """The places in the code that led there; the message may name a patient's file, so it stays out."""
    frames = traceback.extract_tb(failure.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
