"""Colour maps for overlays, as a few colours between which lines run."""

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
ENTRIES = 1024


MAPS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "inferno": ("#000004", "#1f0c48", "#550f6d", "#88226a", "#ba3655", "#e35933", "#f98e09", "#f8c932", "#fcffa4"),
        "magma": ("#000004", "#1c1044", "#4f127b", "#812581", "#b5367a", "#e55064", "#fb8761", "#fec287", "#fcfdbf"),
        "diverging": ("#2f6fb3", "#7fb0d8", "#d8dde2", "#e9a07c", "#b9402a"),
        "mask": ("#009E73", "#009E73"),
    }
)
SIGNED = ("diverging",)


def colours(name: str, entries: int = ENTRIES) -> Table:
    """Red, green and blue (entries, 3) from 0 to 1; KeyError for a name not in MAPS."""
    steps = np.array([_parts(colour) for colour in MAPS[name]])
    places = np.linspace(0, 1, len(steps))
    at = np.linspace(0, 1, entries)
    return np.stack([np.interp(at, places, steps[:, part]) for part in range(3)], axis=1).astype(np.float32)


def _parts(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
