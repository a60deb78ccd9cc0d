"""The relaxation network: slices are read one by one, along their echoes, and pooled to the patient."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from engine.models.networks.classifier import Batch, Classifier


class Branch(nn.Module):
    """One acquisition: (patients, frames, z, y, x) and the mask of its slices to (patients, size)."""

    def __init__(self, width: int, depth: int) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        before = 1
        for level in range(depth):
            after = width * 2**level
            blocks += [_convolution(before, after), nn.GroupNorm(_groups(after), after), nn.ReLU(inplace=True)]
            before = after
        self.blocks = nn.Sequential(*blocks)
        self.size = 2 * before

    def forward(self, frames: Tensor, mask: Tensor) -> Tensor:
        """Mean and maximum of each feature map per slice, averaged over the patient's own slices."""
        patients, echoes, slices, rows, columns = frames.shape
        each = frames.transpose(1, 2).reshape(patients * slices, 1, echoes, rows, columns)
        maps = self.blocks(each).flatten(2)
        pooled = torch.cat([maps.mean(2), maps.amax(2)], dim=1).view(patients, slices, -1)
        weight = mask.to(pooled.dtype).unsqueeze(2)
        return (pooled * weight).sum(1) / weight.sum(1)


class RelaxationCNN(Classifier):
    """A branch per input, joined by a fully connected layer."""

    def __init__(
        self, inputs: Sequence[str], heads: Mapping[str, int], width: int, depth: int, hidden: int, dropout: float
    ) -> None:
        super().__init__(hidden, heads)
        self.inputs = list(inputs)
        self.branches = nn.ModuleList(Branch(width, depth) for _ in self.inputs)
        joined = len(self.inputs) * 2 * width * 2 ** (depth - 1)
        self.join = nn.Sequential(nn.Dropout(dropout), nn.Linear(joined, hidden), nn.ReLU())

    def features(self, batch: Batch) -> Tensor:
        """The joined features (patients, hidden)."""
        parts = [
            branch(batch.inputs[name], batch.masks[name])
            for name, branch in zip(self.inputs, self.branches, strict=True)
        ]
        features: Tensor = self.join(torch.cat(parts, dim=1))
        return features


def _convolution(before: int, after: int) -> nn.Conv3d:
    """Halves rows and columns, keeps the echoes."""
    return nn.Conv3d(before, after, 3, stride=(1, 2, 2), padding=1, bias=False)


def _groups(channels: int) -> int:
    return next(groups for groups in (8, 4, 2, 1) if channels % groups == 0)
