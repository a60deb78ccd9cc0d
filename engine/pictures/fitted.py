"""A picture that is larger than the screen at the very pixels of the screen: what is shaded again costs no scaling."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from engine.imaging.volume import Array
from engine.pictures.camera import Placement
from engine.pictures.pixels import Part, spread

Laid = tuple[Placement, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Fitted:
    """`values` at the screen's pixels, the first of them at `left`, `top` (device pixels)."""

    left: int
    top: int
    values: Array


def fitted_to(values: Array, part: Part, dense: Placement, area: tuple[float, float]) -> Fitted:
    """The averaged values of a part of a picture where `dense` lays it on an area, both in device pixels."""
    left, top = dense.to_screen(part.left, part.top)
    right, bottom = dense.to_screen(part.right, part.bottom)
    columns = _pixels(left, right, area[0])
    rows = _pixels(top, bottom, area[1])
    across, down = dense.across * part.across, dense.down * part.down
    places = ((rows + 0.5 - top) / down - 0.5, (columns + 0.5 - left) / across - 0.5)
    return Fitted(int(columns[0]), int(rows[0]), spread(values, *places))


def _pixels(first: float, last: float, size: float) -> np.ndarray:
    """The pixels of the screen whose middle lies between two points, at least one."""
    begin = max(0, ceil(first - 0.5))
    return np.arange(begin, max(begin + 1, min(ceil(size), floor(last - 0.5) + 1)))
