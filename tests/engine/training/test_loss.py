"""The loss: weighted by head counts, and equal to what one would calculate by hand."""

import math

import pytest
import torch

from engine.recipe import Target
from engine.training.loss import WeightedLoss, class_weights

TARGET = Target(column="x", classes=("a", "b"))


def test_balanced_weights_are_in_inverse_proportion_to_the_head_counts() -> None:
    weights = class_weights(torch.tensor([0, 0, 0, 1]), 2, "balanced")
    assert weights.tolist() == pytest.approx([4 / (2 * 3), 4 / (2 * 1)])


def test_balanced_weights_are_one_on_average_over_patients() -> None:
    labels = torch.tensor([0, 0, 0, 1, 2, 2])
    assert class_weights(labels, 3, "balanced")[labels].mean().item() == pytest.approx(1)


def test_without_balancing_every_class_weighs_one() -> None:
    assert class_weights(torch.tensor([0, 0, 1]), 2, "none").tolist() == [1, 1]


def test_a_class_without_patients_has_a_finite_weight() -> None:
    assert class_weights(torch.tensor([0, 0]), 2, "balanced").isfinite().all()


def test_the_loss_equals_what_is_calculated_by_hand() -> None:
    labels = torch.tensor([0, 0, 0, 1])
    logits = torch.tensor([[2.0, 0.0], [0.0, 1.0], [0.5, 0.5], [1.0, 3.0]])
    loss = WeightedLoss({"x": labels}, [TARGET], "balanced")({"x": logits}, {"x": labels})
    a, b = 4 / 6, 4 / 2
    by_hand = (
        a * math.log(1 + math.exp(-2)) + a * math.log(1 + math.e) + a * math.log(2) + b * math.log(1 + math.exp(-2))
    ) / 4
    assert loss.item() == pytest.approx(by_hand)


def test_class_weights_count_also_in_batches_of_one_patient() -> None:
    labels, logits = torch.tensor([0, 0, 0, 1]), torch.zeros(1, 2)
    loss = WeightedLoss({"x": labels}, [TARGET], "balanced")
    rare, common = (loss({"x": logits}, {"x": torch.tensor([label])}).item() for label in (1, 0))
    assert rare == pytest.approx(3 * common)


def test_the_losses_of_several_targets_are_added() -> None:
    labels = {"x": torch.tensor([0, 1]), "y": torch.tensor([1, 0])}
    logits = {"x": torch.zeros(2, 2), "y": torch.zeros(2, 2)}
    both = WeightedLoss(labels, [TARGET, Target(column="y", classes=("a", "b"))], "none")
    assert both(logits, labels).item() == pytest.approx(2 * math.log(2))
