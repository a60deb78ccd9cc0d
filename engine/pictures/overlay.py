"""A second volume in the same picture: a heatmap, a mask, a map."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.colours import ENTRIES, SIGNED, Table, colours, label_colours

LABELS = "mask"
PER_LABEL, MOST_ENTRIES = 8, 8192
SOLID = 0.5


@dataclass(frozen=True, eq=False)
class Overlay:
    """`volume` on its own affine; `low` to `high` are the values the colour map spans.

    In shaded modes it lies among the tissues, and shines through what hides it.

    Below `threshold` (its size, of a signed map) nothing is drawn; 0 cuts nothing off. Above it opacity grows up to
    `opacity` at `high`, or is the same for all finite values where it is `even`. A mask's labels have a colour each,
    and only their rims are drawn where it is an `outline`.
    """

    volume: Volume
    low: float
    high: float
    frame: int = 0
    colour_map: str = "inferno"
    opacity: float = 0.7
    threshold: float = 0.0
    even: bool = False
    outline: bool = False

    @property
    def signed(self) -> bool:
        """Whether zero lies in the middle, so that great negative values matter as much as positive ones."""
        return self.colour_map in SIGNED

    @property
    def labels(self) -> bool:
        """Whether its values are the labels of a mask, between which there is nothing."""
        return self.colour_map == LABELS

    @property
    def colouring(self) -> tuple[object, ...]:
        """All that decides about its colours, apart from the values."""
        span, cut = (self.low, self.high), (self.opacity, self.threshold)
        return (self.colour_map, *span, *cut, self.even, self.outline)

    @property
    def entries(self) -> int:
        """How many entries its table has: enough for every label to have one of its own."""
        if not self.labels:
            return ENTRIES
        return int(min(max(ENTRIES, PER_LABEL * (self.high - self.low)), MOST_ENTRIES))

    @cached_property
    def _table(self) -> Table:
        values = np.linspace(self.low, self.high, self.entries)
        shades = label_colours(values) if self.labels else colours(self.colour_map, self.entries)
        return np.concatenate([shades, self.opacities(values)[:, np.newaxis]], axis=1)

    def table(self) -> Table:
        """Red, green, blue and opacity (entries, 4) over the values from `low` to `high`."""
        return self._table.copy()

    def seen(self, values: Array) -> Array:
        """Which of these values are drawn at all."""
        if self.labels:
            return np.asarray(values >= max(self.threshold, SOLID))
        sizes = np.abs(values) if self.signed else values
        if not self.even:
            return np.asarray((sizes > (self.threshold if self.threshold else min(self.low, 0.0))) & np.isfinite(sizes))
        return np.isfinite(sizes) & (sizes >= self.threshold) if self.threshold else np.isfinite(sizes)

    def opacities(self, values: Array) -> Table:
        """How opaque each of these values is, from 0 to 1."""
        seen = self.seen(values)
        if self.labels or self.even:
            return (self.opacity * seen).astype(np.float32)
        sizes = np.abs(values) if self.signed else values
        reach = max(float(max(abs(self.low), abs(self.high)) if self.signed else self.high), 1e-12)
        return np.where(seen, self.opacity * np.clip(sizes / reach, 0, 1) ** 0.5, 0).astype(np.float32)
