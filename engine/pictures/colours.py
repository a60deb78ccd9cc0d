"""Colour maps for overlays, as a few colours between which lines run."""

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import Array

Table = NDArray[np.float32]
ENTRIES = 1024


MAPS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "inferno": ("#000004", "#1f0c48", "#550f6d", "#88226a", "#ba3655", "#e35933", "#f98e09", "#f8c932", "#fcffa4"),
        "magma": ("#000004", "#1c1044", "#4f127b", "#812581", "#b5367a", "#e55064", "#fb8761", "#fec287", "#fcfdbf"),
        "viridis": ("#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"),
        "hot": ("#000000", "#550000", "#aa0000", "#ff0000", "#ff5500", "#ffaa00", "#ffff00", "#ffff80", "#ffffff"),
        "grey": ("#000000", "#ffffff"),
        "diverging": ("#2f6fb3", "#7fb0d8", "#d8dde2", "#e9a07c", "#b9402a"),
        "mask": ("#E69F00", "#E69F00"),
    }
)
SIGNED = ("diverging",)
LABEL_COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999")


def colours(name: str, entries: int = ENTRIES) -> Table:
    """Red, green and blue (entries, 3) from 0 to 1; KeyError for a name not in MAPS."""
    steps = np.array([_parts(colour) for colour in MAPS[name]])
    places = np.linspace(0, 1, len(steps))
    at = np.linspace(0, 1, entries)
    return np.stack([np.interp(at, places, steps[:, part]) for part in range(3)], axis=1).astype(np.float32)


def label_colours(values: Array) -> Table:
    """Red, green and blue (n, 3) from 0 to 1 of a mask's labels 1, 2, 3 and so on, in the colours of classes."""
    steps = np.array([_parts(colour) for colour in LABEL_COLOURS], np.float32)
    labels = np.floor(np.asarray(values, np.float64) + 0.5).clip(min=1).astype(np.int64)
    made: Table = steps[(labels - 1) % len(steps)]
    return made


def _parts(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
