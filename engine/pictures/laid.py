"""A slice with all that is laid over it, as the window shows it: pictures without a window."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from engine.imaging.volume import Array
from engine.pictures.camera import Placement
from engine.pictures.fields import Box, boxes_of
from engine.pictures.lattice import Lattice, lattice_for
from engine.pictures.layer import Layer
from engine.pictures.layer_values import drawable, taken, values_over
from engine.pictures.picture import Picture
from engine.pictures.pixels import BLACK, Floats, Part, Pixels, averaged, coloured, shaded, spread, visible_part
from engine.pictures.tinting import tinted
from engine.pictures.viewing import Viewing

Size = tuple[int, int]
SHIFTS = (16, 8, 0, 24)
IN_A_BAND = 1 << 18
GROUND = np.full((1, 1), BLACK)


@dataclass(frozen=True, eq=False)
class _Sheet:
    """Premultiplied pixels that fill a part of the picture, in these boxes of the screen if not everywhere."""

    pixels: Pixels
    part: Part
    smooth: bool
    boxes: tuple[Box, ...] | None = None


def compose(viewing: Viewing, placement: Placement, size: Size, smooth: bool = True) -> Picture:
    """Red, green and blue (height, width, 3) of a slice and its layers where `placement` lays them; black around it.

    `size` is (width, height). Where `smooth`, what lies between pixels is blended. Nothing is written on it.
    """
    width, height = size
    made = np.zeros((height, width, 3), np.uint8)
    sheets = tuple(_sheets(viewing, placement, size, smooth=smooth))
    band = max(1, IN_A_BAND // max(1, width))
    for top in range(0, height if sheets else 0, band):
        rows = np.zeros((min(band, height - top), width, 3), np.float32)
        for sheet in sheets:
            _lay(rows, sheet, replace(placement, top=placement.top - top), top)
        made[top : top + band] = np.rint(rows)
    return made


def lattice_of(viewing: Viewing, layer: Layer, area: tuple[float, float], dense: Placement) -> Lattice | None:
    """Where a layer is sampled for what an area of the screen (device pixels) shows, if anything."""
    look = layer.look
    if taken(viewing, layer) and not look.outline:
        part = visible_part((viewing.plane.columns, viewing.plane.rows), area, dense)
        return None if part is None else Lattice(part)
    return lattice_for(viewing.plane, look.volume, area, dense, sharp=look.labels)


def _sheets(viewing: Viewing, placement: Placement, size: Size, *, smooth: bool) -> Iterator[_Sheet]:
    """The slice, and each of its layers that is shown."""
    part = visible_part((viewing.plane.columns, viewing.plane.rows), size, placement)
    if part is None:
        return
    yield _Sheet(_base(viewing, part), part, smooth)
    for layer in viewing.layers:
        boxes = boxes_of(layer.region, viewing.plane, placement, size)
        if layer.shown and layer.hides:
            yield _Sheet(GROUND, part, smooth=False, boxes=boxes)
        lattice = lattice_of(viewing, layer, size, placement) if drawable(viewing, layer) else None
        if lattice is not None:
            pixels = tinted(values_over(viewing, layer, lattice), layer.look)
            yield _Sheet(pixels, lattice.part, smooth and not layer.look.labels, boxes)


def _base(viewing: Viewing, part: Part) -> Pixels:
    colours = viewing.colours()
    if colours is None:
        return shaded(averaged(viewing.picture(), part), viewing.window)
    channels = [averaged(colours[..., channel], part) for channel in range(colours.shape[-1])]
    return coloured(np.stack(channels, axis=-1), viewing.window)


def _lay(made: Array, sheet: _Sheet, placement: Placement, first: int) -> None:
    """Over what is there in a band of the screen, whose row `first` it begins with and `placement` counts from."""
    pixels, part = sheet.pixels, sheet.part
    high, wide = pixels.shape
    top, left = placement.top + part.top * placement.down, placement.left + part.left * placement.across
    rows = _places(top, (part.bottom - part.top) * placement.down, high, made.shape[0])
    columns = _places(left, (part.right - part.left) * placement.across, wide, made.shape[1])
    if not (len(rows[1]) and len(columns[1])):
        return
    red, green, blue, opacity = _scaled(pixels, rows[1], columns[1], smooth=sheet.smooth)
    area = (slice(rows[0], rows[0] + len(rows[1])), slice(columns[0], columns[0] + len(columns[1])))
    over = made[area] * (1 - opacity / 255)[..., np.newaxis] + np.stack([red, green, blue], axis=-1)
    if sheet.boxes is None:
        made[area] = over
    else:
        np.copyto(made[area], over, where=_within(sheet.boxes, made.shape, first)[area][..., np.newaxis])


def _within(boxes: tuple[Box, ...], shape: tuple[int, ...], first: int) -> Array:
    """Where in a band of the screen that begins with row `first` the boxes are."""
    there = np.zeros(shape[:2], np.bool_)
    for left, top, width, height in boxes:
        there[max(0, top - first) : max(0, top - first + height), left : left + width] = True
    return there


def _places(begin: float, length: float, count: int, room: int) -> tuple[int, Floats]:
    """The first pixel of the screen whose middle lies in a stretch of it, and where all of those lie among its values.

    The stretch has `count` values, of which the first has its middle at 0.
    """
    first = max(0, ceil(begin - 0.5))
    last = min(room, ceil(begin + length - 0.5))
    return first, (np.arange(first, last, dtype=np.float64) + 0.5 - begin) * (count / length) - 0.5


def _scaled(pixels: Pixels, rows: Floats, columns: Floats, *, smooth: bool) -> list[Array]:
    """Red, green, blue and opacity at these places down and across."""
    if not smooth:
        high, wide = pixels.shape
        down, across = np.floor(rows + 0.5).clip(0, high - 1), np.floor(columns + 0.5).clip(0, wide - 1)
        taken_there = pixels[down.astype(np.intp)[:, np.newaxis], across.astype(np.intp)]
        return [np.asarray(taken_there >> np.uint32(shift) & np.uint32(255), np.float32) for shift in SHIFTS]
    # As the window does it: by shares in 256ths, and rounding down each time.
    rows, columns = (np.floor(256 * at) / 256 for at in (rows, columns))
    from_row, to_row = max(0, int(rows[0])), int(rows[-1]) + 2
    near = pixels[from_row:to_row]
    return [_blended(near >> np.uint32(shift) & np.uint32(255), rows - from_row, columns) for shift in SHIFTS]


def _blended(values: Array, rows: Floats, columns: Floats) -> Array:
    between = np.floor(spread(values, rows, np.arange(values.shape[1], dtype=np.float64)))
    return np.floor(spread(between, np.arange(len(rows), dtype=np.float64), columns))
