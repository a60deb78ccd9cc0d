"""A small picture of a scan, as the viewer would show it; slow, so it is made off the GUI thread."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.viewer.pixels import shaded
from desktop.viewer.planes import acquired_plane
from desktop.viewer.windowing import auto_window, sampled
from engine.errors import ReadError
from engine.imaging import read
from engine.imaging.volume import Array, Volume

SIDE = 144
LOOKED_AT = 3


def thumbnail(path: Path) -> QImage:
    """The middle slice of a scan at most `SIDE` pixels wide and high; ReadError where nothing can be shown."""
    volume = read(path)
    plane = acquired_plane(volume)
    picture = brightest([plane.picture(frame, plane.count // 2) for frame in few_frames(volume)])
    sample = sampled(picture)
    if not sample.size:
        raise ReadError("it holds no number that can be shown", path=path)
    return _scaled(picture, shaded(picture, auto_window(sample)), plane.pixel_mm)


def few_frames(volume: Volume) -> list[Array]:
    """The first, the middle and the last frame: recovery is bright at its end, decay at its beginning."""
    places = np.linspace(0, volume.frames - 1, min(LOOKED_AT, volume.frames)).astype(int)
    return [volume.array[place] for place in places]


def brightest(pictures: list[Array]) -> Array:
    """The one of the highest mean."""
    return max(pictures, key=_mean)


def _mean(picture: Array) -> float:
    sample = sampled(picture)
    return float(sample.mean()) if sample.size else -np.inf


def _scaled(picture: Array, pixels: Array, pixel_mm: tuple[float, float]) -> QImage:
    rows, columns = picture.shape
    width, height = columns * pixel_mm[0], rows * pixel_mm[1]
    scale = SIDE / max(width, height)
    image = QImage(np.ascontiguousarray(pixels).tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    fitted = image.scaled(
        max(1, round(width * scale)),
        max(1, round(height * scale)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return fitted.convertToFormat(QImage.Format.Format_Grayscale8)
