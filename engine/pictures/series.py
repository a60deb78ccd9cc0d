"""Many pictures of one scan: through its slices, through its frames, or side by side on one sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from engine.errors import PictureError
from engine.pictures.picture import Picture
from engine.pictures.viewing import Viewing

Along = Literal["slices", "frames"]


def count_along(viewing: Viewing, along: Along) -> int:
    """How many there are."""
    return viewing.plane.count if along == "slices" else viewing.volume.frames


def viewings_along(viewing: Viewing, along: Along) -> Iterator[Viewing]:
    """The same look at every slice, or at every frame."""
    for place in range(count_along(viewing, along)):
        yield replace(viewing, index=place) if along == "slices" else replace(viewing, frame=place)


def spread_slices(viewing: Viewing, count: int) -> list[Viewing]:
    """`count` slices evenly from all of the scan, or all there are."""
    slices = viewing.plane.count
    count = min(count, slices)
    places = [int((2 * i + 1) * slices / (2 * count)) for i in range(count)]
    return [replace(viewing, index=place) for place in places]


def sheet(pictures: Sequence[Picture], columns: int) -> Picture:
    """Pictures of one size in rows, so many beside each other; what is left over is black."""
    if not pictures:
        raise PictureError("there are no pictures to put on a sheet", hint="Choose another scan.")
    height, width = pictures[0].shape[:2]
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    made = np.zeros((rows * height, columns * width, 3), np.uint8)
    for place, picture in enumerate(pictures):
        top, left = place // columns * height, place % columns * width
        made[top : top + height, left : left + width] = picture
    return made
