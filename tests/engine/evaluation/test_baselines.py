"""What a model has to beat."""

from dataclasses import dataclass

import numpy as np
import pytest

from engine.errors import DataLeakageError, RegistryError, RunError
from engine.evaluation import predict_out_of_fold
from engine.evaluation.baseline import baselines
from tests.engine.evaluation.made import target_of

TWO = target_of(2)
PEOPLE = [f"P-{n:03d}" for n in range(12)]
TRUTHS = {patient: TWO.classes[n >= 4] for n, patient in enumerate(PEOPLE)}


@dataclass(frozen=True)
class Side:
    number: int
    train: tuple[str, ...]
    test: tuple[str, ...]


def features(signal: float) -> dict[str, np.ndarray]:
    generator = np.random.default_rng(0)
    return {p: generator.normal(size=5) + signal * (TRUTHS[p] == TWO.classes[1]) for p in PEOPLE}


THIRDS = [Side(n + 1, tuple(p for p in PEOPLE if p not in PEOPLE[n::3]), tuple(PEOPLE[n::3])) for n in range(3)]


def test_majority_linear_and_forest_are_there() -> None:
    assert {"majority", "linear", "forest"} <= set(baselines.keys())


def test_an_unknown_baseline_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(RegistryError) as refused:
        baselines.get("linar")
    assert refused.value.hint == "Did you mean 'linear'?"


@pytest.mark.parametrize("key", ["forest", "linear", "majority"])
def test_every_tested_patient_gets_probabilities_that_add_up(key: str) -> None:
    told = predict_out_of_fold(baselines.get(key), features(1.0), TRUTHS, THIRDS, TWO, 0)
    assert sorted(row.patient for row in told) == PEOPLE
    assert [sum(row.probabilities.values()) for row in told] == pytest.approx([1.0] * 12)


@pytest.mark.parametrize("key", ["forest", "linear"])
def test_a_plain_difference_is_found(key: str) -> None:
    told = predict_out_of_fold(baselines.get(key), features(8.0), TRUTHS, THIRDS, TWO, 0)
    assert all(row.predicted == row.truth for row in told)


@pytest.mark.parametrize("key", ["forest", "linear", "majority"])
def test_the_same_seed_says_the_same(key: str) -> None:
    first, second = (predict_out_of_fold(baselines.get(key), features(0.3), TRUTHS, THIRDS, TWO, 5) for _ in "ab")
    assert first == second


@pytest.mark.parametrize("key", ["forest", "linear"])
def test_a_tested_patient_does_not_change_what_is_said_of_another(key: str) -> None:
    """Whatever is fitted, standardising included, is fitted on the training patients."""
    wild = features(0.3) | {"P-003": np.full(5, 1e3)}
    plain, beside_wild = (
        predict_out_of_fold(baselines.get(key), made, TRUTHS, THIRDS[:1], TWO, 0)[0] for made in (features(0.3), wild)
    )
    assert plain == beside_wild


def test_majority_says_the_most_frequent_class_of_training() -> None:
    told = predict_out_of_fold(baselines.get("majority"), features(0.0), TRUTHS, THIRDS, TWO, 0)
    assert {row.predicted for row in told} == {TWO.classes[1]}


@pytest.mark.parametrize("key", ["forest", "linear", "majority"])
def test_a_class_missing_in_training_gets_no_probability(key: str) -> None:
    shares = baselines.get(key).fit_predict(np.eye(4), np.array([0, 2, 0, 2]), np.eye(4), 3, 0)
    assert shares[:, 1].tolist() == [0.0] * 4


@pytest.mark.parametrize("key", ["forest", "linear", "majority"])
def test_training_on_one_class_says_that_class(key: str) -> None:
    shares = baselines.get(key).fit_predict(np.eye(3), np.array([1, 1, 1]), np.eye(3), 2, 0)
    assert shares.tolist() == [[0.0, 1.0]] * 3


def test_a_patient_on_both_sides_is_refused() -> None:
    leaky = [Side(1, ("P-001", "P-005"), ("P-001",))]
    with pytest.raises(DataLeakageError, match="fold 1"):
        predict_out_of_fold(baselines.get("majority"), features(0.0), TRUTHS, leaky, TWO, 0)


def test_a_feature_that_is_not_a_number_is_refused() -> None:
    broken = features(0.0) | {"P-002": np.full(5, np.nan)}
    with pytest.raises(RunError, match="P-002"):
        predict_out_of_fold(baselines.get("linear"), broken, TRUTHS, THIRDS, TWO, 0)
