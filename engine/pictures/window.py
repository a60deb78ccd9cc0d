"""Window and level: which values lie between black and white."""

from dataclasses import dataclass, replace
from math import exp

import numpy as np

from engine.imaging.volume import Array, Volume

LOW, HIGH = 0.5, 99.5
SAMPLES = 200_000
SMALLEST_SHARE = 1e-6
UNLIKE = 30.0
BEYOND = 1e300


@dataclass(frozen=True)
class Window:
    """`level` is the middle grey and `width` the span from black to white, in the values of the scan."""

    level: float
    width: float
    inverted: bool = False

    @classmethod
    def between(cls, low: float, high: float, inverted: bool = False) -> "Window":
        """The window from `low` (black) to `high` (white), which may be alike."""
        low, high = min(low, high), max(low, high)
        width = max(high - low, _smallest(max(abs(low), abs(high))))
        return cls((low + high) / 2, width, inverted)

    @property
    def low(self) -> float:
        return self.level - self.width / 2

    @property
    def high(self) -> float:
        return self.level + self.width / 2

    def dragged(self, right: float, up: float) -> "Window":
        """After a drag of so many pixels: to the right is softer, upwards is brighter."""
        width = min(max(self.width * exp(right / 200), _smallest(abs(self.level))), 1e30)
        return replace(self, level=self.level - up * self.width / 300, width=width)

    def turned(self) -> "Window":
        """The same window with black and white exchanged."""
        return replace(self, inverted=not self.inverted)

    def same_greys(self, other: "Window") -> bool:
        """Whether it is the other one, or that with black and white exchanged."""
        return (self.level, self.width) == (other.level, other.width)

    def suits(self, auto: "Window") -> bool:
        """Whether it shows something of a scan whose automatic window is `auto`."""
        overlap = self.low < auto.high and auto.low < self.high
        return overlap and 1 / UNLIKE < self.width / auto.width < UNLIKE


TRUE_COLOUR = Window(127.5, 255)


def first_window(volume: Volume, sample: Array) -> Window:
    """What a volume is first looked at through: the automatic window, or one that leaves colours as they are."""
    return auto_window(sample) if volume.colour is None else TRUE_COLOUR


def auto_window(sample: Array) -> Window:
    """The window that a few extreme values cannot spoil; `sample` may be empty or constant."""
    if not sample.size:
        return Window(0.5, 1.0)
    low, high = np.percentile(sample, (LOW, HIGH))
    if high <= low:
        return full_window(sample)
    return Window.between(float(low), float(high))


def full_window(sample: Array) -> Window:
    """From the least to the greatest value; a constant picture comes out in middle grey."""
    if not sample.size:
        return Window(0.5, 1.0)
    low, high = float(sample.min()), float(sample.max())
    return Window.between(low, high) if high > low else Window(low, max(1.0, _smallest(abs(low))))


def sampled(array: Array, most: int = SAMPLES) -> Array:
    """At most `most` finite values evenly from all over an array, in double precision."""
    steps = [1] * array.ndim
    counts = list(array.shape)
    while np.prod(counts) > most:
        axis = int(np.argmax(counts))
        steps[axis] *= 2
        counts[axis] = len(range(*_every(steps[axis]).indices(array.shape[axis])))
    values = np.asarray(array[tuple(map(_every, steps))], np.float64).ravel()
    return values[np.abs(values) < BEYOND]


def _every(step: int) -> slice:
    return slice(step // 2, None, step)


def _smallest(size: float) -> float:
    return max(size * SMALLEST_SHARE, 1e-12)
