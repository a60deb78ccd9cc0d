"""From a file to what the viewer needs of it; slow, so it runs off the GUI thread."""

from dataclasses import dataclass
from mmap import mmap
from pathlib import Path

import numpy as np

from desktop.viewer.windowing import SAMPLES, Window, auto_window, sampled
from engine.imaging.volume import Array, Volume

KEPT_IN_MEMORY = 2 << 30
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
    """A scan that can be shown. `sample` are finite values from all over it; `brightest` is a frame's index."""

    volume: Volume
    sample: Array
    auto: Window
    histogram: Histogram
    brightest: int = 0


def load(path: Path) -> Loaded:
    """Read a scan and look through its values; raises ReadError."""
    from engine.imaging import read

    return prepared(read(path))


def prepared(volume: Volume) -> Loaded:
    """A volume made ready: slice after slice in memory where it is not too large, with statistics."""
    ready = volume.with_array(_at_hand(volume.array))
    sample = sampled(ready.array)
    return Loaded(ready, sample, auto_window(sample), histogram_of(sample), brightest_frame(ready.array))


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


def _at_hand(array: Array) -> Array:
    if array.nbytes > KEPT_IN_MEMORY:
        return array
    return np.array(array, array.dtype.newbyteorder("="), order="C", copy=True if _is_mapped(array) else None)


def _is_mapped(array: Array) -> bool:
    """Whether the values lie in a file, so that each look at them may wait for the disk."""
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base, mmap)
