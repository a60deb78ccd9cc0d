"""Pictures that all have one position, though their files say that they are slices that lie apart."""

from collections.abc import Sequence

import numpy as np

from engine.imaging.dicom.frame_axes import Cell
from engine.imaging.dicom.placing import UNKNOWN_MM, depth
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt

_APART = 0.1

CONTRADICTED = Doubt(
    "disagrees",
    "its slices all have one position, but slice locations that differ: one of them is wrong",
    "fail",
)


def by_location(pictures: Sequence[Slice]) -> list[Cell] | None:
    """The pictures by their slice locations, where these contradict the one position; None where they do not."""
    told = [picture.slice_location for picture in pictures]
    places = np.array([place for place in told if place is not None])
    if len(places) < max(2, len(told)):
        return None
    apart = _APART * (depth(pictures[0], gap_first=True) or UNKNOWN_MM)
    if not np.isfinite(places).all() or float(np.ptp(places)) <= apart:
        return None
    order = np.argsort(places, kind="stable")
    levels = np.empty(len(places), dtype=np.intp)
    levels[order] = np.cumsum(np.diff(places[order], prepend=places[order[0]]) > apart)
    return [(int(level), picture) for level, picture in zip(levels, pictures, strict=True)]
