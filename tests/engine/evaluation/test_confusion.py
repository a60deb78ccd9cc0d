"""The confusion matrix counts, and knows whom."""

import numpy as np
from sklearn.metrics import confusion_matrix

from engine.evaluation import confusion
from tests.engine.evaluation.made import NAMES, cohort, rows, target_of

PREDICTIONS = cohort([6, 9, 4], 0.6, 1)


def test_counts_are_those_of_scikit_learn() -> None:
    expected = confusion_matrix(
        [p.truth for p in PREDICTIONS], [p.predicted for p in PREDICTIONS], labels=list(NAMES[:3])
    )
    assert np.array_equal(confusion(PREDICTIONS, target_of(3)).counts, expected)


def test_a_cell_names_its_patients() -> None:
    predictions = rows([0, 0, 1], np.array([[0.9, 0.1], [0.2, 0.8], [0.4, 0.6]]))
    assert confusion(predictions, target_of(2)).patients[0][1] == ("P-001",)


def test_a_class_nobody_has_keeps_its_empty_row() -> None:
    assert confusion(rows([0], np.array([[0.9, 0.1]])), target_of(2)).counts.tolist() == [[1, 0], [0, 0]]
