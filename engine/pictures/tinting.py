"""From the values of a layer to pixels that can be laid over a picture."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import Array
from engine.pictures.colours import LABEL_COLOURS, Table, label_colours
from engine.pictures.overlay import Overlay
from engine.pictures.pixels import TO_GREEN, TO_RED, Pixels

TO_OPACITY = np.uint32(24)
RIM = 2
WIDE = 4


def tinted(values: Array, look: Overlay) -> Pixels:
    """Values (rows, columns), or colours (rows, columns, 3), as 0xAARRGGBB premultiplied by their opacity.

    Colours lie there as they are, wherever they are numbers.
    """
    if values.ndim == 3:
        return _as_they_are(values, look)
    return _by_label(values, look) if look.labels else _by_table(values, look)


def _by_table(values: Array, look: Overlay) -> Pixels:
    """The first entry is for what is not drawn: values are cut off as they are, not as the table has them."""
    places: NDArray[Any] = values.astype(np.float64 if values.dtype.itemsize > WIDE else np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        places -= look.low
        places *= (look.entries - 1) / max(look.high - look.low, 1e-12)
        places += 1.5
        np.clip(places, 1, look.entries, out=places)
    places[~look.seen(values)] = 0
    made: Pixels = _packed(look.table()).take(places.astype(np.int32))
    return made


def _by_label(values: Array, look: Overlay) -> Pixels:
    seen = look.seen(values)
    numbers = _labels(np.where(seen, values, 0))
    shown = seen & _rims(numbers) if look.outline else seen
    numbers -= 1
    numbers %= len(LABEL_COLOURS)
    numbers += 1
    numbers *= shown
    shades = label_colours(np.arange(1, len(LABEL_COLOURS) + 1))
    opacities = np.full((len(shades), 1), look.opacity, np.float32)
    made: Pixels = _packed(np.concatenate([shades, opacities], axis=1)).take(numbers)
    return made


def _labels(values: Array) -> NDArray[np.int32]:
    if values.dtype.kind == "f":
        values += 0.5
    return values.astype(np.int32)


def _rims(labels: Array) -> Array:
    """What has another label near it, across or down."""
    rims: Array = np.zeros(labels.shape, np.bool_)
    for axis in range(2):
        swapped, found = labels.swapaxes(0, axis), rims.swapaxes(0, axis)
        for away in range(1, RIM + 1):
            differs = swapped[away:] != swapped[:-away]
            found[away:] |= differs
            found[:-away] |= differs
    return rims


def _as_they_are(values: Array, look: Overlay) -> Pixels:
    seen: Array = np.asarray(np.isfinite(values).all(axis=-1))
    parts = np.where(seen[..., np.newaxis], values, 0).clip(0, 255) / 255
    parts = 1 - parts if look.inverted else parts
    opacities = np.where(seen, look.opacity, 0.0)[..., np.newaxis]
    return _premultiplied(np.concatenate([parts, opacities], axis=-1))


def _packed(table: Table) -> Pixels:
    """The colours of a table behind one that is transparent."""
    return _premultiplied(np.concatenate([np.zeros((1, 4), np.float32), table]))


def _premultiplied(colours: Array) -> Pixels:
    """Red, green, blue and opacity (..., 4) from 0 to 1 as pixels."""
    opacities = colours[..., 3:].clip(0, 1)
    parts = np.rint(np.concatenate([colours[..., :3].clip(0, 1) * opacities, opacities], axis=-1) * 255)
    red, green, blue, opacity = np.moveaxis(parts.astype(np.uint32), -1, 0)
    made: Pixels = opacity << TO_OPACITY | red << TO_RED | green << TO_GREEN | blue
    return made
