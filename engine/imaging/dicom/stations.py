"""Places side by side, as of a table that moved on, or of two legs, each with slices of its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.imaging.dicom.placing import Points, directions, pixel_size, positions
from engine.imaging.dicom.records import Slice

_PIXELS = 0.5

Numbers = NDArray[np.intp]


def stations_of(slices: Sequence[Slice], levels: Sequence[int]) -> list[int]:
    """At which station each placed picture lies, counted from 0. A slant that all stations share is no step aside."""
    apart = _PIXELS * min(pixel_size(slices[0]))
    across, along = _sorted_out(slices)
    told = np.asarray(levels)
    widths = _widths(across, told)
    if widths.max() <= apart:
        return [0] * len(slices)
    straight = across - np.outer(along, _slant(across, along, told))
    return _clusters(straight, max(apart, float(widths[widths > apart].min()) / 2))


def _sorted_out(slices: Sequence[Slice]) -> tuple[Points, Points]:
    """Where the pictures lie in their plane, and how far along its normal."""
    turned = positions(slices) @ directions(slices[0]).T
    return turned[:, :2], turned[:, 2] - turned[:, 2].min()


def _widths(across: Points, levels: Numbers) -> Points:
    """How far the pictures of each level lie apart in their plane."""
    return np.array([float(np.ptp(across[levels == level], axis=0).max()) for level in np.unique(levels)])


def _slant(across: Points, along: Points, levels: Numbers) -> Points:
    """How far a step along the normal leads aside, judged by each picture's nearest neighbour one level on."""
    slants = []
    for level in range(int(levels.max())):
        here, there = np.flatnonzero(levels == level), np.flatnonzero(levels == level + 1)
        steps = across[there][None] - across[here][:, None]
        nearest = np.abs(steps).max(axis=2).argmin(axis=1)
        rise = float(along[there].mean() - along[here].mean())
        slants += list(steps[np.arange(len(here)), nearest] / rise)
    slant: Points = np.median(slants, axis=0) if slants else np.zeros(2)
    return slant


def _clusters(places: Points, apart: float) -> list[int]:
    """Each place goes to the first cluster that has begun near it."""
    numbers = np.full(len(places), -1)
    leaders: list[Points] = []
    for index in np.lexsort(places.T[::-1]):
        near = (n for n, leader in enumerate(leaders) if np.abs(leader - places[index]).max() <= apart)
        number = next(near, len(leaders))
        if number == len(leaders):
            leaders.append(places[index])
        numbers[index] = number
    return [int(number) for number in numbers]
