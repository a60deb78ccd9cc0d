"""Predictions made up for the tests of evaluation."""

from collections.abc import Sequence

import numpy as np

from engine.evaluation import Figure
from engine.recipe import Target
from engine.runs.prediction import Prediction

NAMES = ("healthy", "osteopenia", "osteoporotic", "fractured", "other")


def target_of(classes: int) -> Target:
    return Target(column="diagnosis", classes=NAMES[:classes])


def row(patient: str, truth: str, predicted: str, shares: dict[str, float], fold: int = 1) -> Prediction:
    return Prediction(patient, fold, "diagnosis", truth, predicted, shares)


def rows(
    truth: Sequence[int] | np.ndarray, shares: np.ndarray, predicted: np.ndarray | None = None
) -> list[Prediction]:
    """A row per patient; the most probable class is predicted, unless said otherwise."""
    names = NAMES[: shares.shape[1]]
    called = shares.argmax(axis=1) if predicted is None else predicted
    return [
        row(f"P-{n:03d}", names[t], names[c], dict(zip(names, p.tolist(), strict=True)), fold=n + 1)
        for n, (t, c, p) in enumerate(zip(truth, called, shares, strict=True))
    ]


def width(figure: Figure) -> float:
    """The length of the interval of a figure that has one."""
    assert figure.low is not None
    assert figure.high is not None
    return figure.high - figure.low


def cohort(heads: Sequence[int], signal: float, seed: int) -> list[Prediction]:
    """`heads` patients per class, whose probabilities lean to the truth by `signal`."""
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(heads)), heads)
    scores = generator.normal(size=(len(truth), len(heads))) + signal * np.eye(len(heads))[truth]
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return rows(truth.tolist(), shares)
