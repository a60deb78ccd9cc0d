"""What the figures promise beside their values."""

import json
import random

import numpy as np
import pytest

from engine.errors import RunError
from engine.evaluation import Figure, evaluate, metrics_as_json
from engine.recipe import Evaluation
from tests.engine.evaluation.made import cohort, row, rows, target_of, width

FEW = Evaluation(bootstrap=200)
TWO = target_of(2)
SURE = {"healthy": 1.0, "osteopenia": 0.0}


def of(predictions: list, classes: int = 2, settings: Evaluation = FEW, seed: int = 0) -> dict[str, Figure]:
    return evaluate(predictions, [target_of(classes)], settings, seed)["diagnosis"]


def test_the_same_seed_gives_the_same_intervals() -> None:
    assert of(cohort([12, 21], 0.5, 1), seed=7) == of(cohort([12, 21], 0.5, 1), seed=7)


def test_another_seed_draws_other_patients() -> None:
    first, second = (of(cohort([12, 21], 0.5, 1), seed=seed)["log_loss"] for seed in (7, 8))
    assert first.low != second.low


def test_the_order_of_the_rows_does_not_matter() -> None:
    predictions = cohort([12, 21], 0.5, 1)
    shuffled = random.Random(5).sample(predictions, len(predictions))
    assert of(shuffled) == of(predictions)


def test_one_answer_for_everybody_is_exactly_chance_without_spread() -> None:
    predictions = rows([0] * 12 + [1] * 21, np.tile([0.3, 0.7], (33, 1)))
    assert of(predictions)["balanced_accuracy"] == Figure(0.5, 0.5, 0.5)


def test_one_score_for_everybody_ranks_nobody() -> None:
    predictions = rows([0] * 12 + [1] * 21, np.tile([0.3, 0.7], (33, 1)))
    assert of(predictions)["auroc"] == Figure(0.5, 0.5, 0.5)


def test_a_class_nobody_has_leaves_class_figures_undefined_with_the_reason() -> None:
    predictions = rows([0] * 9, np.tile([0.6, 0.4], (9, 1)))
    assert of(predictions)["balanced_accuracy"] == Figure.undefined("no patient of class osteopenia was tested")


def test_a_class_nobody_has_leaves_auroc_undefined() -> None:
    assert of(rows([0, 1, 1], np.full((3, 3), 1 / 3)), classes=3)["auroc"].value is None


def test_a_class_nobody_has_leaves_accuracy_defined() -> None:
    assert of(rows([0] * 4, np.array([[0.6, 0.4]] * 3 + [[0.4, 0.6]])))["accuracy"].value == 0.75


def test_a_class_that_is_never_predicted_is_said_beside_its_precision() -> None:
    predictions = rows([0] * 4 + [1] * 4, np.tile([0.6, 0.4], (8, 1)))
    assert "osteopenia was never predicted" in of(predictions)["precision"].reason


def test_a_faultless_result_says_how_bad_it_may_still_be() -> None:
    predictions = rows([0] * 10 + [1] * 10, np.repeat([[0.9, 0.1], [0.1, 0.9]], 10, axis=0))
    assert "down to 83 % is possible" in of(predictions)["accuracy"].reason


def test_every_interval_of_a_common_cohort_holds_its_value() -> None:
    figures = of(cohort([12, 21], 0.8, 2)).values()
    assert all((f.low or 0.0) <= (f.value or 0.0) <= (f.high or 0.0) for f in figures)


def test_more_confidence_makes_the_interval_wider() -> None:
    predictions = cohort([12, 21], 0.5, 3)
    narrow, wide = (
        of(predictions, settings=Evaluation(bootstrap=500, confidence=share))["auroc"] for share in (0.8, 0.99)
    )
    assert width(wide) > width(narrow)


def test_a_patient_with_many_rows_is_drawn_whole() -> None:
    """Ten copies of every row of a patient tell no more than one: the interval must not shrink."""
    predictions = cohort([8, 8], 0.5, 4)
    once, often = of(predictions)["accuracy"], of([p for p in predictions for _ in range(10)])["accuracy"]
    assert (often.low, often.high) == pytest.approx((once.low, once.high))


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """Class-wise hit rate of 0.7 over 150 cohorts of 30 + 30; 90 % intervals."""
    generator = np.random.default_rng(11)
    settings = Evaluation(bootstrap=400, confidence=0.9)
    covered = 0
    for _ in range(150):
        truth = np.repeat([0, 1], 30)
        called = np.where(generator.random(60) < 0.7, truth, 1 - truth)
        found = of(rows(truth, np.eye(2)[called] * 0.8 + 0.1), settings=settings)["balanced_accuracy"]
        covered += (found.low or 0) <= 0.7 <= (found.high or 0)
    assert 0.8 <= covered / 150 <= 0.97


def test_a_large_cohort_is_drawn_in_blocks_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    predictions = cohort([12, 21], 0.5, 5)
    whole = of(predictions)["accuracy"]
    monkeypatch.setattr("engine.evaluation.bootstrap._CELLS_AT_ONCE", 1000)
    in_blocks = of(predictions)["accuracy"]
    assert (in_blocks.low, in_blocks.high) == pytest.approx((whole.low, whole.high), abs=0.05)


def test_a_patient_predicted_by_two_folds_is_refused() -> None:
    twice = [row("P-001", "healthy", "healthy", SURE, fold=fold) for fold in (1, 2)]
    with pytest.raises(RunError, match="P-001 was predicted for 'diagnosis' by the models of two folds"):
        evaluate(twice, [target_of(2)], FEW, 0)


def test_a_target_without_predictions_is_refused() -> None:
    with pytest.raises(RunError, match="no predictions of 'diagnosis'"):
        evaluate([], [TWO], FEW, 0)


def test_a_class_the_recipe_does_not_have_is_refused() -> None:
    shares = {"healthy": 0.5, "osteopenia": 0.5}
    with pytest.raises(RunError, match="P-001 has 'broken'"):
        evaluate([row("P-001", "broken", "healthy", shares)], [TWO], FEW, 0)


@pytest.mark.parametrize("wrong", [float("nan"), 0.9, -0.5])
def test_probabilities_that_are_none_are_refused(wrong: float) -> None:
    shares = {"healthy": 0.5, "osteopenia": wrong}
    with pytest.raises(RunError, match="do not add up to 1"):
        evaluate([row("P-001", "healthy", "healthy", shares)], [TWO], FEW, 0)


def test_a_missing_probability_is_refused() -> None:
    with pytest.raises(RunError, match="no probability of 'osteopenia'"):
        evaluate([row("P-001", "healthy", "healthy", {"healthy": 1.0})], [TWO], FEW, 0)


def test_figures_survive_json() -> None:
    metrics = evaluate(rows([0] * 5, np.tile([0.6, 0.4], (5, 1))), [TWO], FEW, 0)
    stored = json.loads(json.dumps(metrics_as_json(metrics), allow_nan=False))
    assert {name: Figure.from_json(one) for name, one in stored["diagnosis"].items()} == metrics["diagnosis"]
