"""How well a fact tells a label: by area on unseen patients, against chance."""

import numpy as np
import pytest

from engine.audit.predicting import holm, power

LABELS = ["a", "b"] * 30


def test_a_fact_that_is_the_label_tells_it_wholly() -> None:
    found = power(["x" if label == "a" else "y" for label in LABELS], LABELS)
    assert found is not None
    assert found.area == pytest.approx(1)
    assert found.chance < 0.01


def test_numbers_need_no_straight_relation() -> None:
    values = [
        str(5.0 + number % 7 * 0.01 if label == "a" else number % 2 * 10 + number * 0.001)
        for number, label in enumerate(LABELS)
    ]
    found = power(values, LABELS)
    assert found is not None
    assert found.area > 0.8


@pytest.mark.parametrize("classes", [2, 4])
def test_chance_alone_does_not_tell(classes: int) -> None:
    alarms = 0
    for seed in range(40):
        chance = np.random.default_rng(seed)
        labels = [str(number % classes) for number in range(60)]
        found = power([str(value) for value in chance.normal(size=60)], labels, seed)
        assert found is not None
        alarms += found.area >= 0.8 and found.chance < 0.01
    assert alarms == 0


def test_a_shift_of_two_deviations_has_the_area_it_should() -> None:
    chance = np.random.default_rng(0)
    labels = ["a", "b"] * 400
    found = power([str(chance.normal() + 2 * (label == "a")) for label in labels], labels)
    assert found is not None
    assert found.area == pytest.approx(0.92, abs=0.03)  # the normal distribution at 2 / sqrt 2


@pytest.mark.parametrize("values", [["same"] * 60, [f"name {number}" for number in range(60)]])
def test_facts_that_say_nothing_in_common_are_left_out(values: list[str]) -> None:
    assert power(values, LABELS) is None


def test_names_that_are_numbers_are_not_put_in_order() -> None:
    names = [f"{number:04d}" for number in range(60)]
    assert power(names, ["a"] * 30 + ["b"] * 30, words=True) is None


def test_holm_corrects_each_chance_for_those_that_are_left() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_too_few_patients_of_a_class_are_left_out() -> None:
    assert power([str(number) for number in range(20)], ["a"] * 17 + ["b"] * 3) is None
