"""From a scan to what is first seen of it."""

from dataclasses import dataclass, replace

import numpy as np

from desktop.viewer.scan_values import Histogram, histogram_of
from desktop.volume.levels import FIRST, MOST, Levels
from desktop.volume.look import Look
from desktop.volume.presets import PRESETS, first_look
from desktop.volume.solid import Solid
from engine.imaging.volume import Volume
from engine.pictures.window import Window, auto_window, sampled

FEWEST, MOST_USED = 2.0, 99.5
THIN = 96


@dataclass(frozen=True, eq=False)
class Opened:
    """A frame of a volume made ready, with the look it has by itself and how its values are spread."""

    volume: Volume
    frame: int
    solid: Solid
    first: Look
    histogram: Histogram

    @property
    def modality(self) -> str:
        return self.volume.facts.modality

    def look(self, before: Look | None, known: "Opened | None" = None) -> Look:
        """The look for this volume after another one.

        Of another frame all stays; of another volume the mode and, by name, the preset.
        """
        if before is None:
            return self.first
        if known is not None and known.volume is self.volume:
            return before
        preset = next((preset for preset in PRESETS if preset.name == before.preset), None)
        look = replace(self.first, mode=before.mode)
        return look if preset is None else preset.applied(look, self.first.window)


def opened(volume: Volume, frame: int, window: Window | None, known: Opened | None, *, processor: bool) -> Opened:
    """The frame made ready for the processor or for the card; slow, so off the GUI thread."""
    solid = Solid.of(volume, frame, processor=processor)
    sample = sampled(volume.array[frame])
    histogram = histogram_of(sample)
    if known is not None and known.volume is volume and window is None:
        window = known.first.window
    made = first_look(volume.facts.modality, window or auto_window(sample))
    return Opened(volume, frame, solid, replace(made, averaged=_averaged(solid.levels)), histogram)


def _averaged(levels: Levels) -> Window:
    """The window for averages along rays: between what those along the voxel axes give."""
    thinned = levels.values[tuple(slice(None, None, max(1, size // THIN)) for size in levels.values.shape)]
    means = np.concatenate([thinned.mean(axis=axis, dtype=np.float64).ravel() for axis in range(3)])
    low, high = ((np.percentile(means, share) - FIRST) / (MOST - FIRST) for share in (FEWEST, MOST_USED))
    spread = levels.high - levels.low
    return Window.between(levels.low + float(low) * spread, levels.low + float(high) * spread)
