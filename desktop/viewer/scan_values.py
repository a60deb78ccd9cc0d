"""What the values of a scan are like: how they are spread, and the window that shows them."""

from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.presence import Slice
from engine.pictures.presets import Preset, presets
from engine.pictures.window import SAMPLES, Window, first_window, sampled

BINS = 96
FEWEST = 2_000


@dataclass(frozen=True, eq=False)
class Histogram:
    """Counts between `low` and `high`, the least and greatest sampled value."""

    low: float
    high: float
    counts: Array


@dataclass(frozen=True, eq=False)
class Loaded:
    """A scan that can be shown. `sample` are finite values from all over it; `brightest` is a frame's index.

    `presets` are the windows offered for it by name.
    """

    volume: Volume
    sample: Array
    auto: Window
    histogram: Histogram
    brightest: int = 0
    presets: tuple[Preset, ...] = ()

    def name_of(self, window: Window) -> str:
        """The name of the preset that a window is; empty where somebody set it."""
        return next((preset.name for preset in self.presets if preset.window.same_greys(window)), "")

    def named(self, name: str) -> Window | None:
        """The window of this name, where one is offered."""
        return next((preset.window for preset in self.presets if preset.name == name), None)


def of_volume(volume: Volume) -> Loaded:
    """A volume with the statistics of all its values; a course of time is looked at from its begin."""
    brightest = 0 if volume.frame_axis.kind == "time" else brightest_frame(volume.array)
    return _with_values(volume, sampled(volume.array), brightest)


def of_slice(volume: Volume, place: Slice) -> Loaded:
    """A volume of which nothing but one slice is looked at."""
    return _with_values(volume, sampled(volume.array[place]), place[0])


def histogram_of(sample: Array) -> Histogram:
    """The distribution of the sampled values; empty without any."""
    if not sample.size:
        return Histogram(0.0, 1.0, np.zeros(BINS, np.int64))
    low, high = float(sample.min()), float(sample.max())
    if not high > low:
        high = low + 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        counts, _ = np.histogram(sample, BINS, (low, high))
    return Histogram(low, high, counts)


def brightest_frame(array: Array) -> int:
    """The frame with the highest mean of some of its values, the first of equals: all share one window."""
    frames = array.shape[0]
    if frames == 1:
        return 0
    samples = (sampled(frame, max(FEWEST, SAMPLES // frames)) for frame in array)
    with np.errstate(over="ignore"):
        return int(np.argmax([values.mean() if values.size else -np.inf for values in samples]))


def _with_values(volume: Volume, sample: Array, brightest: int) -> Loaded:
    auto = first_window(volume, sample)
    return Loaded(volume, sample, auto, histogram_of(sample), brightest, presets(volume, sample, auto))
