"""The typed facts a run emits; the lines of `events.jsonl` are the same facts."""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime

from engine.errors import RunError


def now() -> str:
    """This moment as UTC text."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True, kw_only=True)
class Event:
    """One fact; `at` is the UTC moment it became true."""

    at: str = field(default_factory=now)


@dataclass(frozen=True)
class RunStarted(Event):
    """A run began from nothing. `level` is patient or image."""

    run: str
    recipe: str
    folds: int
    epochs: int
    device: str
    level: str


@dataclass(frozen=True)
class RunResumed(Event):
    """A run that had stopped goes on; `folds_done` folds need no work."""

    run: str
    folds_done: int
    device: str


@dataclass(frozen=True)
class Prepared(Event):
    """`done` of `total` scans are prepared."""

    done: int
    total: int


@dataclass(frozen=True)
class FoldStarted(Event):
    """Training of fold `fold` (from 1) begins on `train` patients; `test` are kept out, `validation` are watched."""

    fold: int
    folds: int
    train: int
    test: int
    validation: int = 0


@dataclass(frozen=True)
class EpochEnded(Event):
    """One pass over the training patients of a fold; `seconds` is its length."""

    fold: int
    epoch: int
    epochs: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    learning_rate: float
    samples_per_second: float
    seconds: float


@dataclass(frozen=True)
class FoldFinished(Event):
    """The kept-out patients of a fold are predicted and saved."""

    fold: int
    folds: int
    seconds: float


@dataclass(frozen=True)
class Evaluated(Event):
    """The pooled result of one target: balanced accuracy with its interval."""

    target: str
    balanced_accuracy: float
    low: float
    high: float


@dataclass(frozen=True)
class Progress(Event):
    """`done` of `total` pieces of a named phase."""

    done: int
    total: int
    phase: str


@dataclass(frozen=True)
class Warned(Event):
    """Something the reader of the result should know."""

    text: str


@dataclass(frozen=True)
class RunPaused(Event):
    """The run waits at a safe point."""


@dataclass(frozen=True)
class RunContinued(Event):
    """The run goes on after a pause."""


@dataclass(frozen=True)
class RunFinished(Event):
    """All folds are done and evaluated; `seconds` counts this stretch of work."""

    seconds: float


@dataclass(frozen=True)
class RunFailed(Event):
    """The run cannot go on; what was finished stays."""

    error: str
    hint: str


@dataclass(frozen=True)
class RunCancelled(Event):
    """The user cancelled the run."""


@dataclass(frozen=True)
class RunInterrupted(Event):
    """The run stopped early and can be resumed."""


KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        RunStarted, RunResumed, Prepared, FoldStarted, EpochEnded, FoldFinished, Evaluated, Progress, Warned,
        RunPaused, RunContinued, RunFinished, RunFailed, RunCancelled, RunInterrupted,
    )
}  # fmt: skip


def to_line(event: Event) -> str:
    """The event as one line of JSON, without a line end."""
    return json.dumps({"event": type(event).__name__, **asdict(event)}, ensure_ascii=False)


@dataclass(frozen=True)
class Unknown(Event):
    """A fact that only a newer version of Isocenter knows."""

    kind: str


def from_line(line: str) -> Event:
    """The event in a line that `to_line` wrote, also by a newer version that added fields or kinds."""
    try:
        values = json.loads(line)
        name = str(values.pop("event"))
        if name not in KINDS:
            return Unknown(kind=name, at=str(values["at"]))
        kind = KINDS[name]
        known = {f.name for f in fields(kind)}
        return kind(**{name: value for name, value in values.items() if name in known})
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise RunError(f"not a line of events: {failure}", hint="The file was changed or is damaged.") from None
