"""Every figure is the one scikit-learn gives."""

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn import metrics as reference

from engine.evaluation import evaluate
from engine.recipe import Evaluation
from tests.engine.evaluation.made import rows, target_of

FEW = Evaluation(bootstrap=100)


@st.composite
def scored_patients(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Truth with every class, probabilities with many ties, and calls that need not follow them."""
    classes = draw(st.integers(2, 4))
    more = draw(st.lists(st.integers(0, classes - 1), max_size=25))
    truth = np.array([*range(classes), *more])
    parts = st.lists(st.integers(0, 4), min_size=classes, max_size=classes)
    raw = np.array([draw(parts) for _ in truth], dtype=float) + np.array([0.5] + [0.0] * (classes - 1))
    called = np.array(draw(st.lists(st.integers(0, classes - 1), min_size=len(truth), max_size=len(truth))))
    return truth, raw / raw.sum(axis=1, keepdims=True), called


def figure(name: str, made: tuple[np.ndarray, np.ndarray, np.ndarray]) -> float | None:
    truth, shares, called = made
    target = target_of(shares.shape[1])
    return evaluate(rows(truth, shares, called), [target], FEW, 0)["diagnosis"][name].value


def averaging(shares: np.ndarray) -> dict:
    return {"average": "binary" if shares.shape[1] == 2 else "macro", "zero_division": 0}


COUNTED: dict[str, Callable] = {
    "accuracy": lambda t, s, c: reference.accuracy_score(t, c),
    "balanced_accuracy": lambda t, s, c: reference.balanced_accuracy_score(t, c),
    "precision": lambda t, s, c: reference.precision_score(t, c, **averaging(s)),
    "recall": lambda t, s, c: reference.recall_score(t, c, **averaging(s)),
    "f1": lambda t, s, c: reference.f1_score(t, c, **averaging(s)),
    "mcc": lambda t, s, c: reference.matthews_corrcoef(t, c),
    "recall[healthy]": lambda t, s, c: reference.recall_score(t, c, labels=[0], average="macro"),
    "brier": lambda t, s, c: reference.brier_score_loss(t, s if s.shape[1] > 2 else s[:, 1]),
    "log_loss": lambda t, s, c: reference.log_loss(t, s),
}


def ranked(score: Callable, truth: np.ndarray, shares: np.ndarray) -> float:
    if shares.shape[1] == 2:
        return score(truth, shares[:, 1])
    return np.mean([score(truth == index, shares[:, index]) for index in range(shares.shape[1])])


@pytest.mark.parametrize("name", COUNTED)
@given(made=scored_patients())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_figure_has_the_value_of_scikit_learn(name: str, made: tuple) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = COUNTED[name](*made)
    assert figure(name, made) == pytest.approx(expected, abs=1e-12)


@given(made=scored_patients())
@settings(max_examples=60, deadline=None)
def test_auroc_has_the_value_of_scikit_learn_with_ties(made: tuple) -> None:
    assert figure("auroc", made) == pytest.approx(ranked(reference.roc_auc_score, *made[:2]), abs=1e-12)


@given(made=scored_patients())
@settings(max_examples=60, deadline=None)
def test_average_precision_has_the_value_of_scikit_learn(made: tuple) -> None:
    expected = ranked(reference.average_precision_score, *made[:2])
    assert figure("average_precision", made) == pytest.approx(expected, abs=1e-12)


def test_auroc_of_several_classes_is_the_macro_one_against_rest_of_scikit_learn() -> None:
    generator = np.random.default_rng(3)
    truth, shares = np.arange(40) % 3, generator.dirichlet(np.ones(3), size=40)
    expected = reference.roc_auc_score(truth, shares, multi_class="ovr", average="macro")
    assert figure("auroc", (truth, shares, shares.argmax(axis=1))) == pytest.approx(expected, abs=1e-12)


def test_two_class_figures_speak_of_the_positive_class_of_the_recipe() -> None:
    generator = np.random.default_rng(4)
    truth, shares = np.arange(30) % 2, generator.dirichlet(np.ones(2), size=30)
    target = target_of(2).model_copy(update={"positive": "healthy"})
    found = evaluate(rows(truth, shares), [target], FEW, 0)["diagnosis"]
    expected = reference.precision_score(truth, shares.argmax(axis=1), pos_label=0)
    assert found["precision"].value == pytest.approx(expected, abs=1e-12)
