"""Logistic regression on standardised features."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engine.evaluation.baseline import Baseline, baselines, spread
from engine.evaluation.scored import Floats
from engine.registry import Info


def fit_predict(train: Floats, labels: npt.NDArray[Any], test: Floats, classes: int, seed: int) -> Floats:
    """Mean, spread and weights are the training patients'; every class weighs alike."""
    seen = np.unique(labels)
    if len(seen) == 1:
        return spread(np.ones((len(test), 1)), seen, classes)
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    regression = LogisticRegression(class_weight="balanced", max_iter=5000, random_state=seed)
    model = make_pipeline(StandardScaler(), regression).fit(train, labels)
    return spread(model.predict_proba(test), seen, classes)


baselines.register(
    Baseline(
        Info("linear", "Linear", "Logistic regression on standardised frame statistics.", ("scikit-learn",)),
        fit_predict,
    )
)
