"""Cross-entropy over all targets, each class weighted by the fold's own training patients."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from engine.recipe import Target


def class_weights(labels: Tensor, classes: int, kind: str) -> Tensor:
    """(classes,) weights; balanced: in inverse proportion to the head counts, one on average over patients."""
    if kind == "none":
        return torch.ones(classes, device=labels.device)
    counts = torch.bincount(labels, minlength=classes).clamp(min=1)
    return len(labels) / (classes * counts.float())


class WeightedLoss:
    """The sum over targets of the weighted cross-entropy, a mean over patients.

    It is divided by the number of patients, not by their weights: else weights would cancel out in small batches.
    """

    def __init__(self, labels: Mapping[str, Tensor], targets: Sequence[Target], kind: str) -> None:
        self.weights = {t.column: class_weights(labels[t.column], len(t.classes), kind) for t in targets}

    def __call__(self, logits: Mapping[str, Tensor], labels: Mapping[str, Tensor]) -> Tensor:
        parts = [
            functional.cross_entropy(logits[name], labels[name], weight=weight, reduction="none").mean()
            for name, weight in self.weights.items()
        ]
        return torch.stack(parts).sum()
