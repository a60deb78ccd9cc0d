"""The labels of a mask: which there are, their colours, and how many voxels each has."""

from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Array
from engine.pictures.colours import LABEL_COLOURS

GREATEST_LABEL = 65_535


@dataclass(frozen=True)
class Label:
    """One label and its voxels in each frame."""

    number: int
    voxels: tuple[int, ...]

    @property
    def colour(self) -> str:
        """What it is drawn in, as "#rrggbb"."""
        return LABEL_COLOURS[(self.number - 1) % len(LABEL_COLOURS)]


def labels_in(array: Array) -> tuple[Label, ...]:
    """The labels from 1 upwards of (frames, z, y, x), each value being the nearest whole number."""
    counted = [_counted(frame) for frame in array]
    counts = np.zeros((len(counted), max(counts.size for counts in counted)), np.int64)
    for row, one in zip(counts, counted, strict=True):
        row[: one.size] = one
    found = np.flatnonzero(counts[:, 1:].any(axis=0)) + 1
    return tuple(Label(int(number), tuple(int(count) for count in counts[:, number])) for number in found)


def _counted(frame: Array) -> Array:
    """Voxels by label, up to the greatest; slice by slice, so that it takes little memory."""
    counts = np.zeros(GREATEST_LABEL + 1, np.int64)
    for plane in frame:
        known = plane[(plane >= 0.5) & (plane < GREATEST_LABEL + 0.5)]
        here = np.bincount((np.floor(known + 0.5) if known.dtype.kind == "f" else known).astype(np.intp))
        counts[: here.size] += here
    return counts[: np.flatnonzero(counts).max(initial=0) + 1]
