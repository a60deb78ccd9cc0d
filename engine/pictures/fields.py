"""The parts of a view in which a layer is drawn."""

from math import ceil, floor

from engine.pictures.camera import Placement
from engine.pictures.layer import Region
from engine.pictures.plane import Plane

Box = tuple[int, int, int, int]


def boxes_of(region: Region, plane: Plane, placement: Placement, size: tuple[int, int]) -> tuple[Box, ...] | None:
    """Left, top, width and height of each on a screen of `size`, in its pixels; None for all of it."""
    if region.way == "whole":
        return None
    if region.way == "swipe":
        line = min(max(round(region.share * size[0]), 0), size[0])
        return ((line, 0, size[0] - line, size[1]),)
    return _board(max(region.fields, 1), plane, placement, size)


def _board(fields: int, plane: Plane, placement: Placement, size: tuple[int, int]) -> tuple[Box, ...]:
    """Every other field, of those that count from the picture's corner."""
    across, down = plane.columns * placement.across, plane.rows * placement.down
    side = max(min(across, down) / fields, 1.0)
    columns = _edges(placement.left, across, side, size[0])
    rows = _edges(placement.top, down, side, size[1])
    return tuple(
        (left, top, right - left, bottom - top)
        for j, top, bottom in rows
        for i, left, right in columns
        if (i + j) % 2 and right > left and bottom > top
    )


def _edges(origin: float, length: float, side: float, room: int) -> list[tuple[int, int, int]]:
    """The fields in sight along one direction: number, first and one past the last pixel."""
    first = max(0, floor(-origin / side))
    last = min(ceil(length / side), ceil((room - origin) / side))
    end = origin + length
    return [
        (i, max(0, round(origin + i * side)), min(room, round(min(origin + (i + 1) * side, end))))
        for i in range(first, last)
    ]
