"""Divisions that were repeated: a patient is scored once, by the mean of its models, and the spread is told."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.errors import RunError
from engine.evaluation.evaluate import values
from engine.evaluation.scored import scored
from engine.recipe import Recipe, Target
from engine.runs import Prediction, RunFolder, read_predictions
from engine.runs.division import has_division, read_folds

SEVERAL = 0
_TOLD = ("balanced_accuracy", "accuracy", "auroc")


def averaged(rows: Sequence[Prediction]) -> list[Prediction]:
    """One row per target and patient: the mean of its probabilities, and the fold `SEVERAL`, where it has several."""
    found: dict[tuple[str, str], list[Prediction]] = defaultdict(list)
    for row in rows:
        found[row.target, row.patient].append(row)
    return [_mean(found[key]) if len(found[key]) > 1 else found[key][0] for key in sorted(found)]


def repeat_figures(run: RunFolder, recipe: Recipe) -> dict[str, Any]:
    """`{target: {name: {"values": [one per repeat], "mean", "sd"}}}`; empty where the division was not repeated."""
    repeats = _rows_by_repeat(run)
    if len(repeats) < 2:
        return {}
    return {target.column: _of_target(list(repeats.values()), target) for target in recipe.targets}


def _rows_by_repeat(run: RunFolder) -> dict[int, list[Prediction]]:
    repeats: dict[int, list[Prediction]] = defaultdict(list)
    try:
        for fold in read_folds(run) if has_division(run) else ():
            repeats[fold.repeat] += read_predictions(run.fold_path(fold.number) / "predictions.csv")
    except RunError:
        return {}
    return repeats


def _of_target(repeats: Sequence[Sequence[Prediction]], target: Target) -> dict[str, Any]:
    figures = []
    for rows in repeats:
        checked = scored([replace(row, fold=1) for row in rows], target)
        figures.append(values(checked, np.ones((1, len(checked.truth)))))
    return {
        name: _spread([float(each[name][0]) for each in figures])
        for name in _TOLD
        if all(name in each for each in figures)
    }


def _spread(found: Sequence[float]) -> dict[str, Any]:
    return {"values": list(found), "mean": float(np.mean(found)), "sd": float(np.std(found, ddof=1))}


def _mean(rows: Sequence[Prediction]) -> Prediction:
    names = list(rows[0].probabilities)
    shares = np.mean([[row.probabilities[name] for name in names] for row in rows], axis=0)
    predicted = names[int(np.argmax(shares))]
    return replace(
        rows[0], fold=SEVERAL, predicted=predicted, probabilities=dict(zip(names, shares.tolist(), strict=True))
    )
