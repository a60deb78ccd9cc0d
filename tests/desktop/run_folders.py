"""Runs made by hand with the engine's own writers: what a real run leaves behind, in no time."""

import json
import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.files import write_text
from engine.recipe import Recipe, load_recipe, with_settings
from engine.runs import EventLog, Prediction, RunFolder, write_predictions
from engine.runs import events as ev

BEGUN = datetime(2024, 11, 21, 9, 30, tzinfo=UTC)
EPOCH_S = 0.8


def small_recipe(epochs: int = 4, *settings: str) -> Recipe:
    """The shelf's recipe with few epochs and few draws."""
    return with_settings(
        load_recipe("osteoporosis-mri"), [f"training.epochs={epochs}", "evaluation.bootstrap=200", *settings]
    )


def truths_of(count: int) -> dict[str, str]:
    """A label per pseudonym, a third of them healthy."""
    return {f"P-{i:03d}": "healthy" if i % 3 == 0 else "osteoporotic" for i in range(1, count + 1)}


def story(
    recipe: Recipe, truths: dict[str, str], *, folds_done: int | None = None, watched: bool = False, seed: int = 1
) -> Iterator[ev.Event]:
    """The events of a jackknife over `truths`, up to the end, or into the fold after `folds_done`."""
    chance, moment = random.Random(seed), _Clock()
    folds, epochs = len(truths), recipe.training.epochs
    yield ev.Prepared(done=folds // 2, total=folds, at=moment.after(1))
    yield ev.Prepared(done=folds, total=folds, at=moment.after(2))
    yield ev.RunStarted(
        run="the-run", recipe=recipe.name, folds=folds, epochs=epochs, device="NVIDIA H100", level="patient",
        at=moment.after(0.1),
    )  # fmt: skip
    yield ev.Warned(text="P-099 is left out: no usable T2 scan", at=moment.after(0))
    for fold in range(1, folds + 1):
        half = folds_done is not None and fold > folds_done
        yield ev.FoldStarted(fold=fold, folds=folds, train=folds - 1, test=1, at=moment.after(0.1))
        for epoch in range(1, (epochs // 2 if half else epochs) + 1):
            yield _epoch(fold, epoch, epochs, chance, watched, moment.after(EPOCH_S))
        if half:
            return
        yield ev.FoldFinished(fold=fold, folds=folds, seconds=EPOCH_S * epochs, at=moment.after(0.1))
    yield ev.Progress(done=3, total=3, phase="Baselines", at=moment.after(1))
    yield ev.Evaluated(target="diagnosis", balanced_accuracy=0.71, low=0.58, high=0.82, at=moment.after(1))
    yield ev.RunFinished(seconds=folds * epochs * EPOCH_S, at=moment.after(0.5))


def predictions_of(recipe: Recipe, truths: dict[str, str], *, skill: float = 0.72, seed: int = 3) -> list[Prediction]:
    """Out-of-fold predictions that are right about `skill` of the time."""
    chance = random.Random(seed)
    rows = []
    for fold, (patient, truth) in enumerate(truths.items(), start=1):
        for target in recipe.targets:
            right = chance.random() < skill
            called = truth if right else next(name for name in target.classes if name != truth)
            sure = 0.5 + 0.5 * chance.random() ** (0.7 if right else 1.6)
            shares = {name: sure if name == called else 1 - sure for name in target.classes}
            rows.append(Prediction(patient, fold, target.column, truth, called, shares))
    return rows


def write_run(
    workspace: Path,
    recipe: Recipe,
    truths: dict[str, str],
    *,
    folds_done: int | None = None,
    watched: bool = False,
    last: ev.Event | None = None,
    skill: float = 0.72,
) -> RunFolder:
    """A run folder: finished with all its results, or stopped in the fold after `folds_done` by the event `last`."""
    run = RunFolder.create(workspace / "runs", recipe)
    log = EventLog(run.events_path)
    for event in story(recipe, truths, folds_done=folds_done, watched=watched):
        log.append(event)
    if last is not None:
        log.append(last)
    log.close()
    if folds_done is None:
        write_results(run, recipe, truths, skill=skill)
    return run


def write_results(run: RunFolder, recipe: Recipe, truths: dict[str, str], *, skill: float = 0.72) -> None:
    """`predictions.csv`, the baselines' and `metrics.json`, scored by the engine."""
    from engine.evaluation.run_scores import score_run

    write_predictions(run.predictions_path, predictions_of(recipe, truths, skill=skill))
    for number, (key, share) in enumerate({"majority": 0.0, "linear": 0.62, "forest": 0.66}.items()):
        rows = predictions_of(recipe, truths, skill=share, seed=10 + number)
        write_predictions(run.baseline_path(key), _majority(rows, recipe) if key == "majority" else rows)
    write_text(run.metrics_path, json.dumps(score_run(run, recipe, "patient")))


def _majority(rows: list[Prediction], recipe: Recipe) -> list[Prediction]:
    usual = {target.column: target.classes[-1] for target in recipe.targets}
    return [
        Prediction(
            row.patient, row.fold, row.target, row.truth, usual[row.target],
            {name: float(name == usual[row.target]) for name in row.probabilities},
        )
        for row in rows
    ]  # fmt: skip


def _epoch(fold: int, epoch: int, epochs: int, chance: random.Random, watched: bool, at: str) -> ev.EpochEnded:
    slope = 2.4 * epoch / epochs * (0.45 + ((fold * 37) % 11) / 9)
    loss = 0.66 * math.exp(-slope) + 0.07 * chance.random() + 0.06
    accuracy = min(1.0, 0.52 + 0.45 * (1 - math.exp(-slope)) + 0.08 * (chance.random() - 0.5))
    return ev.EpochEnded(
        fold=fold,
        epoch=epoch,
        epochs=epochs,
        loss=loss,
        accuracy=accuracy,
        validation_loss=0.42 * math.exp(-slope) + 0.36 + 0.1 * slope / 3 + 0.09 * chance.random() if watched else None,
        validation_accuracy=0.5 + 0.45 * (accuracy - 0.5) + 0.1 * (chance.random() - 0.5) if watched else None,
        learning_rate=1e-3,
        samples_per_second=412.0 + 20 * chance.random(),
        seconds=EPOCH_S,
        at=at,
    )


class _Clock:
    """Moments that go on as a run's do."""

    def __init__(self) -> None:
        self._moment = BEGUN

    def after(self, seconds: float) -> str:
        self._moment += timedelta(seconds=seconds)
        return self._moment.isoformat(timespec="milliseconds")
