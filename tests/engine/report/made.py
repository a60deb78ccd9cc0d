"""A finished run, made up, as a report takes it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.evaluation import evaluate, metrics_as_json, paired_differences, verdict
from engine.recipe import Evaluation, Recipe, Target, load_recipe
from engine.report import ReportData, write_report
from engine.runs.events import EpochEnded, Event, FoldStarted, RunStarted
from engine.runs.prediction import Prediction

AT = "2026-03-01T09:30:00.000+00:00"
FEW = Evaluation(bootstrap=100)


def report_data(
    heads: Sequence[int] = (12, 21),
    targets: Sequence[Target] | None = None,
    protocol: str = "jackknife",
    level: str = "patient",
    epochs: int = 6,
) -> ReportData:
    """A run of the osteoporosis recipe; `targets` replaces what it predicts, `heads` are patients per class."""
    recipe = load_recipe("osteoporosis-mri")
    changes = {"evaluation": FEW, "targets": tuple(targets or recipe.targets)}
    recipe = recipe.model_copy(update={**changes, "protocol": recipe.protocol.model_copy(update={"key": protocol})})
    ours = [row for target in recipe.targets for row in predictions(target, heads, signal=1.2, seed=1)]
    theirs = {
        "linear": [row for target in recipe.targets for row in predictions(target, heads, signal=0.6, seed=2)],
        "majority": [row for target in recipe.targets for row in constant(target, heads)],
    }
    return _scored(recipe, ours, theirs, events(sum(heads), epochs), level)


def predictions(target: Target, heads: Sequence[int], signal: float, seed: int) -> list[Prediction]:
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(heads)), heads)
    scores = generator.normal(size=(len(truth), len(heads))) + signal * np.eye(len(heads))[truth]
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return [_row(target, n, int(t), p) for n, (t, p) in enumerate(zip(truth, shares, strict=True))]


def constant(target: Target, heads: Sequence[int]) -> list[Prediction]:
    truth = np.repeat(np.arange(len(heads)), heads)
    shares = np.eye(len(heads))[int(np.argmax(heads))]
    return [_row(target, n, int(t), shares) for n, t in enumerate(truth)]


def events(folds: int, epochs: int) -> list[Event]:
    generator = np.random.default_rng(5)
    told: list[Event] = [
        RunStarted(run="r", recipe="x", folds=folds, epochs=epochs, device="CPU", level="patient", at=AT)
    ]
    for fold in range(1, folds + 1):
        told.append(FoldStarted(fold=fold, folds=folds, train=folds - 1, test=1, at=AT))
        for epoch in range(1, epochs + 1):
            loss = 0.72 * 0.86**epoch + 0.05 * generator.random()
            told.append(_epoch(fold, epoch, epochs, loss, 1 - 0.45 * 0.8**epoch + 0.05 * generator.random()))
    return told


def page(data: ReportData, folder: Path) -> str:
    return write_report(folder, data).read_text(encoding="utf-8")


def hostile(data: ReportData, text: str) -> ReportData:
    """The same run with `text` wherever a user may have typed something."""
    recipe = data.recipe.model_copy(update={"title": text, "summary": text})
    return replace(data, recipe=recipe, warnings=[text], environment={text: {text: text}}, run=text)


def _scored(
    recipe: Recipe, ours: list[Prediction], theirs: dict[str, list[Prediction]], told: list[Event], level: str
) -> ReportData:
    figures = evaluate(ours, recipe.targets, FEW, 0)
    others = {key: evaluate(rows, recipe.targets, FEW, 0) for key, rows in theirs.items()}
    gaps = paired_differences(ours, theirs, recipe.targets, FEW, 0)
    verdicts = {
        target.column: verdict(
            figures[target.column],
            {key: each[target.column] for key, each in others.items()},
            classes=len(target.classes),
            level=level,
            differences={key: each[target.column] for key, each in gaps.items()},
        )
        for target in recipe.targets
    }
    return ReportData(
        run="20260301-103000-osteoporosis-mri",
        recipe=recipe,
        level=level,
        events=told,
        predictions=ours,
        metrics=metrics_as_json(figures),
        baselines={key: metrics_as_json(each) for key, each in others.items()},
        differences={key: {name: gap.as_json() for name, gap in each.items()} for key, each in gaps.items()},
        verdicts=verdicts,
        environment={
            "isocenter": "0.1.0",
            "packages": {"torch": "2.13.0", "numpy": "2.4.6"},
            "device": {"key": "cpu", "label": "CPU", "threads": 2},
            "seed": recipe.seed,
            "data": {row.patient: {"t1": f"{n:016x}:1f"} for n, row in enumerate(ours)},
        },
    )


def _row(target: Target, number: int, truth: int, shares: np.ndarray) -> Prediction:
    return Prediction(
        patient=f"P-{number + 1:03d}",
        fold=number + 1,
        target=target.column,
        truth=target.classes[truth],
        predicted=target.classes[int(np.argmax(shares))],
        probabilities=dict(zip(target.classes, shares.tolist(), strict=True)),
    )


def _epoch(fold: int, epoch: int, epochs: int, loss: float, accuracy: float) -> EpochEnded:
    return EpochEnded(
        fold=fold,
        epoch=epoch,
        epochs=epochs,
        loss=loss,
        accuracy=min(accuracy, 1.0),
        validation_loss=None,
        validation_accuracy=None,
        learning_rate=0.003,
        samples_per_second=200.0,
        seconds=0.2,
        at=AT,
    )
