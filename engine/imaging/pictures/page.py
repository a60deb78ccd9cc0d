"""One page of a picture as numbers: what they are as its mode tells, and its pixels turned as they are meant."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from engine.imaging.stored.values import Values
from engine.imaging.volume import Array

_GREY = {"1": "u1", "L": "u1", "LA": "u1", "La": "u1", "I": "i4", "F": "f4"}
_ORIENTATION = 0x112
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip


def values_of(image: Any) -> Values:
    """What its numbers are, known before they are decoded."""
    if image.mode.startswith("I;16"):
        return Values(np.dtype(np.uint16))
    if image.mode in _GREY:
        return Values(np.dtype(_GREY[image.mode]))
    return Values(np.dtype(np.uint8)) if _grey_palette(image) else Values(np.dtype(np.uint8), None, 3)


def size_of(image: Any) -> tuple[int, int]:
    """(columns, rows) once it is turned."""
    columns, rows = image.size
    return (rows, columns) if _turn(image) in (5, 6, 7, 8) else (columns, rows)


@contextmanager
def quiet() -> Iterator[None]:
    """Pillow warns and logs of damage that is told otherwise, or does not matter for the picture."""
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@quiet()
def pixels(image: Any) -> Array:
    """(rows, columns), or (rows, columns, RGB) of a coloured page, decoded and turned."""
    from PIL import Image

    turn = _TURNS.get(_turn(image))
    image.load()
    values = values_of(image)
    if turn is not None:
        image = image.transpose(Image.Transpose[turn])
    if values.channels > 1:
        return np.asarray(_coloured(image))
    if values.stored == np.uint8:
        return np.asarray(image.convert("L"))
    return np.asarray(image).astype(values.stored, copy=False)


def _coloured(image: Any) -> Any:
    """Colours without their opacity."""
    return image.convert("RGBA").convert("RGB") if image.mode in ("RGBa", "PA") else image.convert("RGB")


def _grey_palette(image: Any) -> bool:
    if image.mode != "P" or image.palette is None:
        return False
    colours = np.frombuffer(bytes(image.palette.palette), np.uint8)
    if image.palette.mode != "RGB" or not colours.size or colours.size % 3:
        return False
    red, green, blue = colours.reshape(-1, 3).T
    return bool((red == green).all() and (green == blue).all())


def _turn(image: Any) -> int:
    """How EXIF says that it has to be turned; Pillow turns TIFF by itself."""
    from PIL import Image

    if image.format == "TIFF" or "exif" not in image.info:
        return 1
    facts = Image.Exif()
    facts.load(image.info["exif"])
    turn = facts.get(_ORIENTATION, 1)
    return turn if turn in _TURNS else 1
