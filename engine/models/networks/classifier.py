"""What every network is: features of a batch of patients, and a head per target."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor, nn


@dataclass(frozen=True)
class Batch:
    """Patients side by side: each input (patients, frames, z, y, x), zero where `masks` (patients, z) is False."""

    inputs: Mapping[str, Tensor]
    masks: Mapping[str, Tensor]


class Classifier(nn.Module, ABC):
    """`forward` gives logits (patients, classes) per target; `features` (patients, n) is what the heads see."""

    def __init__(self, features: int, heads: Mapping[str, int]) -> None:
        super().__init__()
        self.targets = list(heads)
        self.heads = nn.ModuleList(nn.Linear(features, classes) for classes in heads.values())

    @abstractmethod
    def features(self, batch: Batch) -> Tensor:
        """What the network makes of each patient before it decides."""

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """The logits of each target."""
        features = self.features(batch)
        return {target: head(features) for target, head in zip(self.targets, self.heads, strict=True)}
