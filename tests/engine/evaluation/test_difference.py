"""Two models on the same patients."""

import pytest

from engine.errors import RunError
from engine.evaluation import Figure, evaluate, paired_difference, paired_differences
from engine.recipe import Evaluation
from tests.engine.evaluation.made import cohort, target_of, width

FEW = Evaluation(bootstrap=300)
TWO = target_of(2)
GOOD, POOR = cohort([30, 30], 4.0, 1), cohort([30, 30], 0.0, 2)


def test_a_model_does_not_differ_from_itself() -> None:
    assert paired_difference(GOOD, GOOD, TWO, FEW, 0) == Figure(0.0, 0.0, 0.0)


def test_a_much_better_model_is_better_beyond_doubt() -> None:
    gap = paired_difference(GOOD, POOR, TWO, FEW, 0)
    assert gap.low is not None
    assert gap.low > 0


def test_the_difference_is_that_of_the_two_figures() -> None:
    first, second = (evaluate(p, [TWO], FEW, 0)["diagnosis"]["auroc"].value or 0 for p in (GOOD, POOR))
    assert paired_difference(GOOD, POOR, TWO, FEW, 0, name="auroc").value == pytest.approx(first - second)


def test_pairing_makes_the_interval_of_two_like_models_narrower_than_their_own() -> None:
    almost = [*POOR[:-1], GOOD[-1]]
    gap, own = paired_difference(POOR, almost, TWO, FEW, 0), evaluate(POOR, [TWO], FEW, 0)["diagnosis"]
    assert width(gap) < width(own["balanced_accuracy"])


def test_other_patients_cannot_be_compared() -> None:
    with pytest.raises(RunError, match="not of the same patients"):
        paired_difference(GOOD, POOR[1:], TWO, FEW, 0)


def test_differences_come_by_baseline_and_target() -> None:
    told = paired_differences(GOOD, {"linear": POOR}, [TWO], FEW, 0)
    assert told["linear"]["diagnosis"] == paired_difference(GOOD, POOR, TWO, FEW, 0)
