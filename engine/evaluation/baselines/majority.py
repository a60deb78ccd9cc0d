"""Says the most frequent class of the training patients, whatever the scan."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engine.evaluation.baseline import Baseline, baselines
from engine.evaluation.scored import Floats
from engine.registry import Info


def fit_predict(train: Floats, labels: npt.NDArray[Any], test: Floats, classes: int, seed: int) -> Floats:
    """Probability 1 for the most frequent class.

    Not the classes' shares: leaving a patient out lowers the share of its own class, so the pooled scores
    of a jackknife would rank the patients, the wrong way round.
    """
    shares = np.zeros((len(test), classes))
    shares[:, np.bincount(labels, minlength=classes).argmax()] = 1.0
    return shares


baselines.register(Baseline(Info("majority", "Majority", "Always the most frequent class in training."), fit_predict))
