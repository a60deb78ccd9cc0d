"""A second volume in the same picture: a heatmap, a mask, a map."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.colours import ENTRIES, SIGNED, Table, colours, label_colours
from engine.pictures.window import sampled

LABELS = "mask"
PER_LABEL, MOST_ENTRIES = 8, 8192
SOLID = 0.5


@dataclass(frozen=True, eq=False)
class Overlay:
    """`volume` on its own affine; `low` to `high` are the values the colour map spans, evenly about zero where it is
    signed.

    In shaded modes it lies among the tissues, and shines through what hides it.

    Below `threshold` (its size, of a signed map) nothing is drawn; 0 cuts nothing off. Above it opacity grows up to
    `opacity` at `high`, or is the same for all finite values where it is `even`. A mask's labels have a colour each,
    only their rims are drawn where it is an `outline`, and none of those that are `hidden`. `inverted`
    exchanges the two ends of the colour map.
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
    inverted: bool = False
    hidden: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.signed:
            reach = max(abs(self.low), abs(self.high))
            object.__setattr__(self, "low", -reach)
            object.__setattr__(self, "high", reach)

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
        return (self.colour_map, *span, *cut, self.even, self.outline, self.inverted, self.hidden)

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
        shades = shades[::-1] if self.inverted else shades
        return np.concatenate([shades, self.opacities(values)[:, np.newaxis]], axis=1)

    def table(self) -> Table:
        """Red, green, blue and opacity (entries, 4) over the values from `low` to `high`."""
        return self._table.copy()

    def seen(self, values: Array) -> Array:
        """Which of these values are drawn at all."""
        if self.labels:
            return self._labelled(values)
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

    def recoloured(self, colour_map: str) -> "Overlay":
        """In other colours; where only the signed ones had need of it, the range is that of the values again."""
        if not self.signed:
            return replace(self, colour_map=colour_map)
        values = sampled(self.volume.array[self.frame])
        low = max(self.low, min(float(values.min()), 0.0)) if values.size else self.low
        return replace(self, colour_map=colour_map, low=low)

    def _labelled(self, values: Array) -> Array:
        seen = np.asarray(values >= max(self.threshold, SOLID))
        if self.hidden:
            seen &= ~np.isin(np.floor(np.where(seen, values, 0) + 0.5).astype(np.intp), [*self.hidden])
        return seen
