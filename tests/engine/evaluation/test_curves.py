"""The points of ROC and reliability curves."""

import numpy as np
import pytest
from sklearn.metrics import auc, roc_curve

from engine.evaluation import evaluate, reliability, roc_points
from engine.recipe import Evaluation
from tests.engine.evaluation.made import cohort, rows, target_of


def test_the_area_under_the_points_is_the_auroc() -> None:
    predictions = cohort([12, 21], 0.5, 1)
    (curve,) = roc_points(predictions, target_of(2))
    told = evaluate(predictions, [target_of(2)], Evaluation(bootstrap=100), 0)["diagnosis"]["auroc"].value
    assert auc(curve.false_positive_rate, curve.true_positive_rate) == pytest.approx(told)


def test_the_points_are_those_of_scikit_learn() -> None:
    truth, scores = np.array([0, 1, 0, 1, 1, 0]), np.array([0.1, 0.8, 0.8, 0.4, 0.9, 0.4])
    (curve,) = roc_points(rows(truth, np.stack([1 - scores, scores], axis=1)), target_of(2))
    expected = roc_curve(truth, scores, drop_intermediate=False)
    assert np.allclose([curve.false_positive_rate, curve.true_positive_rate], expected[:2])


def test_every_class_of_several_has_its_curve() -> None:
    assert [curve.name for curve in roc_points(cohort([4, 4, 4], 1, 0), target_of(3))] == [
        "healthy",
        "osteopenia",
        "osteoporotic",
    ]


def test_a_class_nobody_has_gives_no_curve() -> None:
    assert roc_points(rows([0, 0], np.full((2, 2), 0.5)), target_of(2)) == []


def test_reliability_counts_every_row_once() -> None:
    assert sum(one.rows for one in reliability(cohort([12, 21], 0.5, 1), target_of(2))) == 33


def test_reliability_holds_what_was_told_against_what_was_true() -> None:
    shares = np.array([[0.9, 0.1]] * 4 + [[0.1, 0.9]] * 4)
    first, last = reliability(rows([0, 0, 0, 1, 1, 1, 1, 1], shares), target_of(2), bins=2)
    assert (first.told, first.true, last.told, last.true) == pytest.approx((0.1, 0.25, 0.9, 1.0))


def test_reliability_of_several_classes_speaks_of_the_predicted_one() -> None:
    (only,) = reliability(rows([0, 1], np.array([[0.7, 0.2, 0.1]] * 2)), target_of(3), bins=2)
    assert (only.told, only.true) == pytest.approx((0.7, 0.5))
