"""From a picture of steps or colours, however it lies on the screen, to pixels."""

from typing import Any

import numpy as np

from desktop.volume.kernels.compiling import compiled
from desktop.volume.kernels.shading import entry

# `place` is (row, row across, row down, column, column across, column down): where in the picture the screen's pixel
# (0, 0) lies, and how far one goes in it per pixel.


def _packed(red: float, green: float, blue: float) -> Any:
    """An opaque 0xAARRGGBB pixel of parts from 0 to 1, perhaps beyond."""
    r = np.uint32(min(max(red, 0.0), 1.0) * 255 + 0.5)
    g = np.uint32(min(max(green, 0.0), 1.0) * 255 + 0.5)
    b = np.uint32(min(max(blue, 0.0), 1.0) * 255 + 0.5)
    return np.uint32(0xFF000000) | (r << np.uint32(16)) | (g << np.uint32(8)) | b


packed = compiled(_packed)


def _blended(plane: Any, row: float, column: float) -> float:
    """The value between four pixels; 0 outside of the picture."""
    if not (row > -1 and column > -1 and row < plane.shape[0] and column < plane.shape[1]):
        return 0.0
    top, left = int(np.floor(row)), int(np.floor(column))
    down, over = row - top, column - left
    total = 0.0
    for y in range(2):
        for x in range(2):
            if 0 <= top + y < plane.shape[0] and 0 <= left + x < plane.shape[1]:
                total += (down if y else 1 - down) * (over if x else 1 - over) * plane[top + y, left + x]
    return total


blended = compiled(_blended)


def _found(plane: Any, row: float, column: float, sharp: bool) -> float:
    """The value between four pixels, or if `sharp` that of the nearest; 0 outside of the picture."""
    if not sharp:
        made: float = blended(plane, row, column)
        return made
    y, x = int(np.floor(row + 0.5)), int(np.floor(column + 0.5))
    if y < 0 or x < 0 or y >= plane.shape[0] or x >= plane.shape[1]:
        return 0.0
    return float(plane[y, x])


found = compiled(_found)


def _grey_band(
    base: Any, counts: Any, fewest: float, over: Any, place: Any, over_place: Any, paint: Any, ground: float, out: Any,
    first: int, last: int,
) -> None:  # fmt: skip
    """Steps through a table into the rows `first` to `last` of `out`; step 0 is nothing and becomes `ground`.

    `base` is divided by `counts`, if that has rows, or by `fewest` where they are less.
    `over` is the overlay's picture, without rows if there is none.
    `paint` is (table, fit, tint, tint_fit, sharp); if `sharp` the overlay is not blended between pixels.
    """
    table, fit, tint, tint_fit, sharp = paint
    for row in range(first, last):
        for column in range(out.shape[1]):
            value = blended(
                base,
                place[0] + column * place[1] + row * place[2],
                place[3] + column * place[4] + row * place[5],
            )
            red = green = blue = np.float32(ground)
            if value > 0.0:
                if counts.shape[0] > 0:
                    count = blended(
                        counts,
                        place[0] + column * place[1] + row * place[2],
                        place[3] + column * place[4] + row * place[5],
                    )
                    value /= max(count, fewest)
                at = entry(value, fit, table.shape[0])
                red, green, blue = table[at, 0], table[at, 1], table[at, 2]
            if over.shape[0] > 0:
                other = found(
                    over,
                    over_place[0] + column * over_place[1] + row * over_place[2],
                    over_place[3] + column * over_place[4] + row * over_place[5],
                    sharp,
                )
                if other > 0.0:
                    at = entry(other, tint_fit, tint.shape[0])
                    red += (tint[at, 0] - red) * tint[at, 3]
                    green += (tint[at, 1] - green) * tint[at, 3]
                    blue += (tint[at, 2] - blue) * tint[at, 3]
            out[row, column] = packed(red, green, blue)


grey_band = compiled(_grey_band)


def _colour_band(
    base: Any, over: Any, place: Any, over_place: Any, tint: Any, tint_fit: Any, ghost: float, sharp: bool, out: Any,
    first: int, last: int,
) -> None:  # fmt: skip
    """Premultiplied colours (4, rows, columns) over black into the rows `first` to `last` of `out`.

    `over` is the overlay's picture, without rows if there is none: it shines through by the share `ghost`.
    If `sharp` it is not blended between pixels.
    """
    rows, columns = base.shape[1], base.shape[2]
    for row in range(first, last):
        for column in range(out.shape[1]):
            y = place[0] + column * place[1] + row * place[2]
            x = place[3] + column * place[4] + row * place[5]
            red = green = blue = np.float32(0.0)
            if y > -1 and x > -1 and y < rows and x < columns:
                top, left = int(np.floor(y)), int(np.floor(x))
                for number in range(4):
                    v, u = top + number // 2, left + number % 2
                    if 0 <= v < rows and 0 <= u < columns:
                        share = np.float32((1 - abs(y - v)) * (1 - abs(x - u)))
                        red += share * base[0, v, u]
                        green += share * base[1, v, u]
                        blue += share * base[2, v, u]
            if over.shape[0] > 0:
                other = found(
                    over,
                    over_place[0] + column * over_place[1] + row * over_place[2],
                    over_place[3] + column * over_place[4] + row * over_place[5],
                    sharp,
                )
                if other > 0.0:
                    at = entry(other, tint_fit, tint.shape[0])
                    red += (tint[at, 0] - red) * tint[at, 3] * ghost
                    green += (tint[at, 1] - green) * tint[at, 3] * ghost
                    blue += (tint[at, 2] - blue) * tint[at, 3] * ghost
            out[row, column] = packed(red, green, blue)


colour_band = compiled(_colour_band)
