"""What is shown of a run, folded from its events one by one: live and from the folder it is the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.filelock import is_locked
from engine.runs import events as ev
from engine.runs.curves import Curve
from engine.runs.folder import RunFolder, RunState
from engine.runs.pace import Pace
from engine.runs.progress_taking import MEASURES, PREPARING, TAKE, TRAINING, LogLine, Scored

PREPARING_SHARE, EVALUATING_SHARE = 0.04, 0.04


@dataclass
class RunProgress:
    """Where a run stands. `apply` takes each event in turn; nothing else changes it."""

    state: RunState = RunState.CREATED
    run: str = ""
    recipe: str = ""
    device: str = ""
    level: str = ""
    phase: str = ""
    fold: int = 0
    folds: int = 0
    epoch: int = 0
    epochs: int = 0
    train: int = 0
    test: int = 0
    samples_per_second: float = 0.0
    prepared: tuple[int, int] = (0, 0)
    piece: tuple[int, int] = (0, 0)
    started: str = ""
    updated: str = ""
    error: str = ""
    hint: str = ""
    finished_folds: set[int] = field(default_factory=set)
    curves: dict[str, Curve] = field(default_factory=lambda: {name: Curve() for name in MEASURES})
    warnings: list[str] = field(default_factory=list)
    log: list[LogLine] = field(default_factory=list)
    result: dict[str, Scored] = field(default_factory=dict)
    pace: Pace = field(default_factory=Pace)

    @classmethod
    def of(cls, events: Iterable[ev.Event]) -> "RunProgress":
        """Where a run stands after these events."""
        made = cls()
        for event in events:
            made.apply(event)
        return made

    @classmethod
    def read(cls, folder: RunFolder) -> "RunProgress":
        """Where the run of a folder stands now."""
        worked_on = is_locked(folder.path / ".lock")
        made = cls.of(folder.events())
        if not worked_on:
            made.settle(folder)
        return made

    def apply(self, event: ev.Event) -> None:
        """Take one event in; a kind that is not known changes nothing."""
        self.updated = event.at
        take = TAKE.get(type(event))
        if take is not None:
            take(self, event)

    def settle(self, folder: RunFolder) -> None:
        """A run that seems to be at work, but that nobody works on, was interrupted.

        True only of events that were read after the work was seen to be over: the last ones come just before.
        """
        if self.at_work and not is_locked(folder.path / ".lock"):
            self.state, self.phase = RunState.INTERRUPTED, ""

    @property
    def at_work(self) -> bool:
        """Whether somebody works on it, or holds it paused."""
        return self.state in (RunState.RUNNING, RunState.PAUSED)

    @property
    def epochs_done(self) -> int:
        """Epochs that need no more work, over all folds."""
        lengths = self.curves["loss"].lengths()
        begun = sum(count for fold, count in lengths if fold not in self.finished_folds)
        return len(self.finished_folds) * self.epochs + begun

    @property
    def fraction(self) -> float | None:
        """How much of preparation, training and evaluation is done; None while nobody knows."""
        if self.state == RunState.FINISHED:
            return 1.0
        total = self.folds * self.epochs
        trained = min(1.0, self.epochs_done / total) if total else 0.0
        ready = 1.0 if trained else _part(self.prepared)
        evaluated = _part(self.piece) if trained == 1.0 and self.phase not in (PREPARING, TRAINING) else 0.0
        if not ready and not total:
            return None
        training_share = 1 - PREPARING_SHARE - EVALUATING_SHARE
        return PREPARING_SHARE * ready + training_share * trained + EVALUATING_SHARE * evaluated

    @property
    def seconds_left(self) -> float | None:
        """A forecast of the training left, at the pace of this stretch; None while it would be a guess."""
        pace = self.pace.per_epoch()
        if pace is None or not self.at_work:
            return None
        return pace * max(0, self.folds * self.epochs - self.epochs_done)


def _part(piece: tuple[int, int]) -> float:
    done, total = piece
    return min(1.0, done / total) if total else 0.0


__all__ = ["LogLine", "RunProgress", "Scored"]
