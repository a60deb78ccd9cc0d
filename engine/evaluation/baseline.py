"""What a model has to beat: simple classifiers on simple features, on the same folds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from engine.errors import DataLeakageError, RunError
from engine.evaluation.scored import Floats
from engine.recipe import Target
from engine.registry import Info, Registry
from engine.runs.prediction import Prediction

FitPredict = Callable[[Floats, npt.NDArray[Any], Floats, int, int], Floats]


@dataclass(frozen=True)
class Baseline:
    """A classifier without settings, fitted on the training patients of a fold only.

    `fit_predict(train features (n, f), train labels (n,), test features (m, f), classes, seed)` gives
    probabilities (m, classes); the labels are class numbers, and a class may be missing among them.
    """

    info: Info
    fit_predict: FitPredict


class FoldLike(Protocol):
    """What is needed of a fold: its number, and the patients on either side."""

    @property
    def number(self) -> int: ...
    @property
    def train(self) -> tuple[str, ...]: ...
    @property
    def test(self) -> tuple[str, ...]: ...


baselines: Registry[Baseline] = Registry("baseline", "engine.evaluation.baselines")


def predict_out_of_fold(
    baseline: Baseline,
    features: Mapping[str, Floats],
    truths: Mapping[str, str],
    folds: Sequence[FoldLike],
    target: Target,
    seed: int,
) -> list[Prediction]:
    """What the baseline says of each tested patient, from `features` (f,) and the true class per patient.

    DataLeakageError where a fold trains and tests on one patient; RunError where a feature is not a number.
    """
    for patient, row in features.items():
        if not np.isfinite(row).all():
            raise RunError(f"a baseline feature of {patient} is not a number", hint="Check the preparation.")
    return [row for fold in folds for row in _of_fold(baseline, features, truths, fold, target, seed)]


def _of_fold(
    baseline: Baseline,
    features: Mapping[str, Floats],
    truths: Mapping[str, str],
    fold: FoldLike,
    target: Target,
    seed: int,
) -> list[Prediction]:
    if set(fold.train) & set(fold.test):
        hint = "Divide the patients anew."
        raise DataLeakageError(f"fold {fold.number} trains and tests on the same patients", hint=hint)
    labels = np.array([target.classes.index(truths[patient]) for patient in fold.train], dtype=np.intp)
    shares = baseline.fit_predict(
        np.stack([features[patient] for patient in fold.train]).astype(np.float64),
        labels,
        np.stack([features[patient] for patient in fold.test]).astype(np.float64),
        len(target.classes),
        seed,
    )
    return [
        Prediction(
            patient=patient,
            fold=fold.number,
            target=target.column,
            truth=truths[patient],
            predicted=target.classes[int(np.argmax(row))],
            probabilities=dict(zip(target.classes, row.tolist(), strict=True)),
        )
        for patient, row in zip(fold.test, shares, strict=True)
    ]


def spread(shares: Floats, seen: npt.NDArray[Any], classes: int) -> Floats:
    """Probabilities of the classes `seen` in training, as columns among all classes; the others get 0."""
    placed = np.zeros((len(shares), classes))
    placed[:, seen.astype(np.intp)] = shares
    return placed
