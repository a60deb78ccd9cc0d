"""The curves behind AUROC and calibration, as points to draw."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluation.scored import Floats, Scored, scored
from engine.recipe import Target
from engine.runs.prediction import Prediction


@dataclass(frozen=True)
class RocCurve:
    """One class against the rest: the false and true positive rates from (0, 0) to (1, 1)."""

    name: str
    false_positive_rate: Floats
    true_positive_rate: Floats


@dataclass(frozen=True)
class Bin:
    """Rows of similar probability: what was `told` on average, how often it was `true`, how many rows."""

    told: float
    true: float
    rows: int


def roc_points(predictions: Sequence[Prediction], target: Target) -> list[RocCurve]:
    """The curve of the positive class, or of each class against the rest; none where either is empty."""
    rows = scored(predictions, target)
    shown = [rows.positive] if rows.two_classes else range(len(rows.classes))
    return [_curve(rows, index) for index in shown if 0 < np.sum(rows.truth == index) < len(rows.truth)]


def reliability(predictions: Sequence[Prediction], target: Target, bins: int = 5) -> list[Bin]:
    """Rows in `bins` equal ranges of probability, empty ranges left out.

    Two classes: the probability of the positive class, and how often it was the truth. More: the probability
    of the predicted class, and how often it was right.
    """
    rows = scored(predictions, target)
    if rows.two_classes:
        told, true = rows.probabilities[:, rows.positive], rows.truth == rows.positive
    else:
        told = rows.probabilities[np.arange(len(rows.truth)), rows.predicted]
        true = rows.truth == rows.predicted
    place = np.minimum((told * bins).astype(np.intp), bins - 1)
    filled = [place == index for index in range(bins) if (place == index).any()]
    return [Bin(float(told[rows].mean()), float(true[rows].mean()), int(rows.sum())) for rows in filled]


def _curve(rows: Scored, index: int) -> RocCurve:
    scores, of_class = rows.probabilities[:, index], rows.truth == index
    order = np.argsort(-scores, kind="stable")
    last_of_score = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    found = np.cumsum(of_class[order])[last_of_score]
    mistaken = np.cumsum(~of_class[order])[last_of_score]
    return RocCurve(
        rows.classes[index],
        np.concatenate([[0.0], mistaken / mistaken[-1]]),
        np.concatenate([[0.0], found / found[-1]]),
    )
