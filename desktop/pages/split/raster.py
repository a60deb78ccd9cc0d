"""The matrix of parts as pixels, however many patients and folds there are."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from desktop.pages.split.plan import Codes

Pixels = npt.NDArray[np.uint8]
Colors = npt.NDArray[np.float32]


def raster(codes: Codes, colors: Sequence[str], width: int, height: int) -> QImage:
    """At most `width` x `height` pixels; where several patients or folds share one, it has their mean colour."""
    table = np.array([_rgb(color) for color in colors], np.float32)
    across, down = _edges(codes.shape[1], width), _edges(codes.shape[0], height)
    rows: Colors = np.stack([_mean(table[row], across, codes.shape[1]) for row in codes])
    pixels = _mean(rows, down, codes.shape[0])
    return _image(np.ascontiguousarray(np.round(pixels), dtype=np.uint8))


def _rgb(color: str) -> tuple[int, int, int]:
    made = QColor(color)
    return made.red(), made.green(), made.blue()


def _edges(count: int, room: int) -> npt.NDArray[np.intp]:
    """Where each pixel begins; a pixel each where there is room."""
    pixels = max(1, min(count, room))
    return (np.arange(pixels) * count) // pixels


def _mean(values: Colors, edges: npt.NDArray[np.intp], count: int) -> Colors:
    """Means along the first axis between edges."""
    if len(edges) == count:
        return values
    widths = np.diff([*edges, count]).reshape(-1, *(1,) * (values.ndim - 1))
    return np.asarray(np.add.reduceat(values, edges, axis=0) / widths, np.float32)


def _image(pixels: Pixels) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
