"""What each kind of event changes in a run's progress."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.runs import events as ev
from engine.runs.folder import RunState
from engine.runs.pace import Pace

if TYPE_CHECKING:
    from engine.runs.progress import RunProgress

PREPARING, TRAINING, EVALUATING = "Preparing", "Training", "Evaluating"
MEASURES = ("loss", "accuracy", "validation_loss", "validation_accuracy")


@dataclass(frozen=True)
class LogLine:
    """A sentence for people; `tone` is muted, text, good, warn or bad."""

    at: str
    text: str
    tone: str = "text"


@dataclass(frozen=True)
class Scored:
    """The pooled balanced accuracy of one target with its interval."""

    balanced_accuracy: float
    low: float
    high: float


def _prepared(run: "RunProgress", event: ev.Prepared) -> None:
    if not run.at_work:
        _work_begins(run)
    run.phase, run.prepared = PREPARING, (event.done, event.total)
    if event.done == event.total:
        _tell(run, event, f"{_counted(event.total, 'patient')} prepared", "muted")


def _started(run: "RunProgress", event: ev.RunStarted) -> None:
    _work_begins(run)
    run.run, run.recipe, run.device, run.level = event.run, event.recipe, event.device, event.level
    run.folds, run.epochs, run.started = event.folds, event.epochs, event.at
    size = f"{_counted(event.folds, 'fold')} of {_counted(event.epochs, 'epoch')}"
    _tell(run, event, f"Run started: {size}, on {event.device}")


def _resumed(run: "RunProgress", event: ev.RunResumed) -> None:
    _work_begins(run)
    run.device = event.device
    _tell(run, event, f"Resumed on {event.device}; {_counted(event.folds_done, 'fold')} done already")


def _work_begins(run: "RunProgress") -> None:
    run.state, run.phase, run.error, run.hint = RunState.RUNNING, PREPARING, "", ""
    run.piece, run.samples_per_second, run.pace = (0, 0), 0.0, Pace()


def _fold_started(run: "RunProgress", event: ev.FoldStarted) -> None:
    run.phase, run.fold, run.folds = TRAINING, event.fold, event.folds
    run.epoch, run.train, run.test = 0, event.train, event.test
    if run.pace.since is None:
        run.pace.begin(_moment(event))


def _epoch_ended(run: "RunProgress", event: ev.EpochEnded) -> None:
    run.phase, run.fold, run.epoch, run.epochs = TRAINING, event.fold, event.epoch, event.epochs
    run.samples_per_second = event.samples_per_second
    for name in MEASURES:
        value = getattr(event, name)
        if value is not None:
            run.curves[name].put(event.fold, event.epoch, value)
    run.pace.step(_moment(event))


def _fold_finished(run: "RunProgress", event: ev.FoldFinished) -> None:
    run.finished_folds.add(event.fold)
    last = run.curves["loss"].last(event.fold)
    learned = "" if last is None else f", training loss {last:.3f}"
    _tell(run, event, f"Fold {event.fold} of {event.folds} done in {event.seconds:.1f} s{learned}", "muted")


def _progress(run: "RunProgress", event: ev.Progress) -> None:
    run.phase, run.piece = event.phase, (event.done, event.total)


def _evaluated(run: "RunProgress", event: ev.Evaluated) -> None:
    run.phase = EVALUATING
    run.result[event.target] = Scored(event.balanced_accuracy, event.low, event.high)
    value, low, high = (round(100 * share) for share in (event.balanced_accuracy, event.low, event.high))
    _tell(run, event, f"{event.target}: balanced accuracy {value} % [{low}-{high}]")


def _warned(run: "RunProgress", event: ev.Warned) -> None:
    run.warnings.append(event.text)
    _tell(run, event, event.text, "warn")


def _paused(run: "RunProgress", event: ev.RunPaused) -> None:
    run.state = RunState.PAUSED
    run.pace.hold(_moment(event))
    _tell(run, event, "Paused", "muted")


def _continued(run: "RunProgress", event: ev.RunContinued) -> None:
    run.state = RunState.RUNNING
    run.pace.begin(_moment(event))
    _tell(run, event, "Goes on", "muted")


def _finished(run: "RunProgress", event: ev.RunFinished) -> None:
    run.state, run.phase = RunState.FINISHED, ""
    _tell(run, event, f"Finished after {event.seconds:.0f} s of work", "good")


def _failed(run: "RunProgress", event: ev.RunFailed) -> None:
    run.state, run.phase, run.error, run.hint = RunState.FAILED, "", event.error, event.hint
    _tell(run, event, f"Failed: {event.error}", "bad")


def _cancelled(run: "RunProgress", event: ev.RunCancelled) -> None:
    run.state, run.phase = RunState.CANCELLED, ""
    _tell(run, event, "Cancelled", "warn")


def _interrupted(run: "RunProgress", event: ev.RunInterrupted) -> None:
    run.state, run.phase = RunState.INTERRUPTED, ""
    _tell(run, event, "Stopped; it can be resumed", "warn")


TAKE: dict[type[ev.Event], Callable[["RunProgress", Any], None]] = {
    ev.Prepared: _prepared,
    ev.RunStarted: _started,
    ev.RunResumed: _resumed,
    ev.FoldStarted: _fold_started,
    ev.EpochEnded: _epoch_ended,
    ev.FoldFinished: _fold_finished,
    ev.Progress: _progress,
    ev.Evaluated: _evaluated,
    ev.Warned: _warned,
    ev.RunPaused: _paused,
    ev.RunContinued: _continued,
    ev.RunFinished: _finished,
    ev.RunFailed: _failed,
    ev.RunCancelled: _cancelled,
    ev.RunInterrupted: _interrupted,
}


def _tell(run: "RunProgress", event: ev.Event, text: str, tone: str = "text") -> None:
    run.log.append(LogLine(event.at, text, tone))


def _moment(event: ev.Event) -> float:
    return datetime.fromisoformat(event.at).timestamp()


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
