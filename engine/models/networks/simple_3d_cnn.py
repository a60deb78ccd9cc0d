"""Five convolution blocks, each halving the grid, then a global average."""

import math
from collections.abc import Mapping

from torch import Tensor, nn

from engine.models.networks.classifier import Batch, Classifier

_WIDTHS = (1, 2, 4, 6, 6)


class Simple3DCNN(Classifier):
    """One volume per patient; its frames are the channels of the first convolution."""

    def __init__(self, name: str, frames: int, heads: Mapping[str, int], width: int, dropout: float) -> None:
        super().__init__(_WIDTHS[-1] * width, heads)
        self.name = name
        blocks: list[nn.Module] = []
        before = frames
        for factor in _WIDTHS:
            after = factor * width
            blocks += [
                nn.Conv3d(before, after, 3, padding=1, bias=False),
                nn.GroupNorm(math.gcd(2, after), after),
                nn.ReLU(inplace=True),
                nn.MaxPool3d(2, ceil_mode=True),
            ]
            before = after
        self.blocks = nn.Sequential(*blocks)
        self.pool = nn.Sequential(nn.AdaptiveAvgPool3d(1), nn.Flatten(), nn.Dropout(dropout))

    def features(self, batch: Batch) -> Tensor:
        """The averaged maps of the last block (patients, 6 x width)."""
        features: Tensor = self.pool(self.blocks(batch.inputs[self.name]))
        return features
