"""The values inside an area, in one frame after the other, in numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.control import Control
from engine.imaging.volume import Array

_BINS = 64


@dataclass(frozen=True)
class Histogram:
    """How many values lie between each edge and the next; the last bin holds its upper edge too.

    Edges of `whole` numbers lie halfway between two of them.
    """

    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    whole: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest value that there is a bin for."""
        half = 0.5 if self.whole else 0.0
        return (self.edges[0] + half, self.edges[-1] - half)


@dataclass(frozen=True)
class RegionFigures:
    """Of one frame. `count` values are finite, and only these are measured; `left_out` are not.

    `value` is that of the frame axis (ms, or s/mm²). `sd` is that of a sample (n - 1). None where there is no
    such number: of no value, or of one that has no spread.
    """

    frame: int
    value: float | None
    count: int
    left_out: int
    mean: float | None = None
    sd: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    median: float | None = None
    histogram: Histogram = Histogram()

    def as_json(self) -> dict[str, Any]:
        """In the form that other programs may rely on."""
        told = {name: value for name, value in vars(self).items() if name != "histogram"}
        edges, counts = list(self.histogram.edges), list(self.histogram.counts)
        return {**told, "histogram": {"edges": edges, "counts": counts}}


def regions(
    array: Array,
    index: tuple[Array, Array, Array],
    values: Sequence[float] = (),
    frames: Sequence[int] | None = None,
    control: Control | None = None,
) -> tuple[RegionFigures, ...]:
    """The figures of what `index` takes out of frames of (frames, z, y, x), or of all; the bins are the same in all.

    `values` are those of the frame axis, or none. Cancelled between frames when asked.
    """
    asked = control or Control()
    plain = []
    for number in range(array.shape[0]) if frames is None else frames:
        asked.check()
        plain.append(_figures(number, values[number] if values else None, array[number][index]))
    whole = array.dtype.kind in "iub"
    edges = _edges(plain, whole=whole)
    empty = Histogram(tuple(edges.tolist()), whole=whole)
    return tuple(replace(one, histogram=_histogram(array[one.frame][index], edges, empty)) for one in plain)


def _figures(frame: int, value: float | None, taken: Array) -> RegionFigures:
    found = _finite(taken)
    count, left_out = int(found.size), int(taken.size - found.size)
    if not count:
        return RegionFigures(frame, value, count, left_out)
    with np.errstate(over="ignore", invalid="ignore"):
        mean, sd = found.mean(), found.std(ddof=1) if count > 1 else math.nan
    return RegionFigures(
        frame, value, count, left_out,
        mean=_known(mean), sd=_known(sd), minimum=float(found.min()), maximum=float(found.max()), median=_median(found),
    )  # fmt: skip


def _edges(figures: Sequence[RegionFigures], *, whole: bool) -> Array:
    """Up to 64 bins from the least to the greatest value; of whole numbers, each bin holds as many of them."""
    low = min((one.minimum for one in figures if one.minimum is not None), default=0.0)
    high = max((one.maximum for one in figures if one.maximum is not None), default=0.0)
    if whole:
        width = math.ceil((high - low + 1) / _BINS)
        return np.asarray(low - 0.5 + width * np.arange(math.ceil((high - low + 1) / width) + 1))
    return np.asarray(np.linspace(low / 2, high / 2, _BINS + 1) * 2 if high > low else np.array([low, high]))


def _histogram(taken: Array, edges: Array, empty: Histogram) -> Histogram:
    """The distribution over the bins between `edges`, which are those of `empty`: one tuple for all frames."""
    found = _finite(taken)
    if not found.size:
        return Histogram()
    bins = len(edges) - 1
    span = edges[-1] / 2 - edges[0] / 2
    shares = (found / 2 - edges[0] / 2) / span if span else np.zeros(found.size)
    counts = np.bincount((shares * bins).astype(np.intp).clip(0, bins - 1), minlength=bins)
    return replace(empty, counts=tuple(counts.tolist()))


def _finite(taken: Array) -> Array:
    found = taken.astype(np.float64)
    return np.asarray(found[np.isfinite(found)])


def _median(found: Array) -> float:
    """Halved before adding, so that the greatest numbers there are do not overflow."""
    middle = found.size // 2
    parts = np.partition(found, (max(middle - 1, 0), middle))
    return float(parts[middle]) if found.size % 2 else float(parts[middle - 1] / 2 + parts[middle] / 2)


def _known(number: Any) -> float | None:
    return float(number) if math.isfinite(number) else None
