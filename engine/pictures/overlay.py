"""A second volume in the same picture: a heatmap, a mask, a map."""

from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Volume
from engine.pictures.colours import ENTRIES, SIGNED, Table, colours


@dataclass(frozen=True, eq=False)
class Overlay:
    """`volume` on its own affine; `low` to `high` are the values the colour map spans.

    In shaded modes it lies among the tissues, and shines through what hides it.

    Below `threshold` (its size, of a signed map) nothing is drawn; from there to `high` it grows up to `opacity`.
    """

    volume: Volume
    low: float
    high: float
    frame: int = 0
    colour_map: str = "inferno"
    opacity: float = 0.7
    threshold: float = 0.0

    @property
    def signed(self) -> bool:
        """Whether zero lies in the middle, so that great negative values matter as much as positive ones."""
        return self.colour_map in SIGNED

    def table(self) -> Table:
        """Red, green, blue and opacity (ENTRIES, 4) over the values from `low` to `high`."""
        values = np.linspace(self.low, self.high, ENTRIES)
        return np.concatenate([colours(self.colour_map), self._opacities(values)[:, np.newaxis]], axis=1)

    def _opacities(self, values: np.ndarray) -> Table:
        if self.colour_map == "mask":
            return (self.opacity * (values >= max(self.threshold, self.low + 0.5 * (self.high - self.low)))).astype(
                "f4"
            )
        sizes = np.abs(values) if self.signed else values
        reach = max(float(sizes.max()), 1e-12)
        seen = sizes > (self.threshold if self.threshold else min(self.low, 0.0))
        return np.where(seen, self.opacity * np.clip(sizes / reach, 0, 1) ** 0.5, 0).astype(np.float32)
