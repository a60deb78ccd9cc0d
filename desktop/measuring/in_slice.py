"""Where shapes lie among the slices of a plane, and where these lie in space."""

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from desktop.measuring.drawn import Drawn
from engine.measure import Shape, SlicePlane
from engine.pictures.plane import Plane
from engine.pictures.viewing import Viewing

PARALLEL_DEGREES = 0.1
Slices = dict[int, tuple[Drawn, ...]]


def slice_plane(plane: Plane, index: int) -> SlicePlane:
    """A slice as the plane that shapes are drawn in, its directions those of the screen."""
    corner, right, below = (np.array(plane.to_world(c, r, index)) for c, r in ((0, 0), (1, 0), (0, 1)))
    return SlicePlane.spanned(corner, right - corner, below - corner)


@lru_cache(maxsize=1024)
def slice_of(drawn_in: SlicePlane, plane: Plane) -> int | None:
    """The slice that a plane of shapes is, or lies nearest to; None where that is of another orientation."""
    return round(plane.of_world(drawn_in.origin)[2]) if _parallel(drawn_in, plane) else None


def is_shown(drawn_in: SlicePlane, viewing: Viewing) -> bool:
    """Whether what is drawn in that plane belongs to the slice on the screen."""
    return slice_of(drawn_in, viewing.plane) == viewing.index


def by_slice(drawn: Iterable[Drawn], plane: Plane) -> Slices:
    """The shapes of each slice of a plane, those drawn last at the end; what has no slice there is left out."""
    found = defaultdict(list)
    for each in drawn:
        number = slice_of(each.shape.plane, plane) if isinstance(each.shape, Shape) else None
        if number is not None:
            found[number].append(each)
    return {number: tuple(shapes) for number, shapes in found.items()}


def _parallel(one: SlicePlane, plane: Plane) -> bool:
    sine = np.linalg.norm(np.cross(one.normal, _normal(plane)))
    return bool(sine <= math.sin(math.radians(PARALLEL_DEGREES)))


@lru_cache(maxsize=32)
def _normal(plane: Plane) -> np.ndarray:
    return np.asarray(slice_plane(plane, 0).normal)
