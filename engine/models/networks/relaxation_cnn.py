"""The relaxation network: each voxel's curve is read first, then its surroundings, slice by slice."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from engine.models.networks.classifier import Batch, Classifier

_ECHOES, _STRIDE, _NEXT = 5, 3, 2


class Branch(nn.Module):
    """One acquisition: (patients, frames, z, y, x) and the mask of its slices to (patients, size)."""

    def __init__(self, frames: int, width: int, depth: int) -> None:
        super().__init__()
        along = min(_ECHOES, frames)
        left = (frames - along) // _STRIDE + 1
        blocks = _block(1, width, (along, 1, 1), (_STRIDE, 1, 1))
        before = width
        for level in range(depth):
            kernel = min(_NEXT, left)
            left -= kernel - 1
            halve = 2 if level % 2 == 0 else 1
            blocks += _block(before, 2 * width, (kernel, 3, 3), (1, halve, halve))
            before = 2 * width
        self.blocks = nn.Sequential(*blocks)
        self.size = before

    def forward(self, frames: Tensor, mask: Tensor) -> Tensor:
        """Mean of each feature map per slice, averaged over the patient's own slices; padding is never seen."""
        own = frames.transpose(1, 2)[mask].unsqueeze(1)
        slices = self.blocks(own).flatten(2).mean(2)
        pooled: Tensor = _shares(mask, slices.dtype) @ slices
        return pooled


class RelaxationCNN(Classifier):
    """A branch per input, joined by a fully connected layer."""

    def __init__(
        self, frames: Mapping[str, int], heads: Mapping[str, int], width: int, depth: int, hidden: int, dropout: float
    ) -> None:
        super().__init__(hidden, heads)
        self.inputs = list(frames)
        branches = [Branch(count, width, depth) for count in frames.values()]
        self.branches = nn.ModuleList(branches)
        joined = sum(branch.size for branch in branches)
        self.join = nn.Sequential(nn.Dropout(dropout), nn.Linear(joined, hidden), nn.ReLU())

    def features(self, batch: Batch) -> Tensor:
        """The joined features (patients, hidden)."""
        parts = [
            branch(batch.inputs[name], batch.masks[name])
            for name, branch in zip(self.inputs, self.branches, strict=True)
        ]
        features: Tensor = self.join(torch.cat(parts, dim=1))
        return features


def _block(before: int, after: int, kernel: Sequence[int], stride: Sequence[int]) -> list[nn.Module]:
    """Convolution without padding along the echoes, with padding in the plane."""
    padding = (0, kernel[1] // 2, kernel[2] // 2)
    convolution = nn.Conv3d(before, after, tuple(kernel), stride=tuple(stride), padding=padding, bias=False)  # type: ignore[arg-type]
    return [convolution, nn.BatchNorm3d(after), nn.ReLU(inplace=True)]


def _shares(mask: Tensor, dtype: torch.dtype) -> Tensor:
    """(patients, slices in all) weights that average the slices of each patient."""
    owner = mask.nonzero()[:, 0]
    belongs = owner.unsqueeze(0) == torch.arange(len(mask), device=mask.device).unsqueeze(1)
    return belongs.to(dtype) / mask.sum(1, keepdim=True).to(dtype)
