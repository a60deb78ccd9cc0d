"""A random forest on the features as they are."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engine.evaluation.baseline import Baseline, baselines, spread
from engine.evaluation.scored import Floats
from engine.registry import Info

TREES = 100


def fit_predict(train: Floats, labels: npt.NDArray[Any], test: Floats, classes: int, seed: int) -> Floats:
    """Every class weighs alike; one thread, so that the forest stays out of the way of the training."""
    from sklearn.ensemble import RandomForestClassifier

    model = RandomForestClassifier(TREES, class_weight="balanced", n_jobs=1, random_state=seed)
    model.fit(train, labels)
    return spread(model.predict_proba(test), np.unique(labels), classes)


baselines.register(
    Baseline(Info("forest", "Random forest", f"{TREES} trees on frame statistics.", ("scikit-learn",)), fit_predict)
)
