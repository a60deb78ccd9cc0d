"""A small picture of a scan, as the viewer would show it; slow, so it is made off the GUI thread."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from engine.control import Control
from engine.errors import Cancelled, ReadError
from engine.imaging import inspect, open_scan
from engine.imaging.header import ScanHeader
from engine.imaging.opened import OpenedScan
from engine.imaging.source import ScanSource
from engine.imaging.volume import Array, Volume
from engine.pictures.pixels import Pixels, coloured, shaded
from engine.pictures.planes import acquired_plane, slicing_axis
from engine.pictures.window import TRUE_COLOUR, auto_window, sampled

SIDE = 144
LOOKED_AT = 3


def thumbnail(place: ScanSource | Path) -> QImage:
    """The middle slice of a scan at most `SIDE` pixels wide and high; ReadError where nothing can be shown.

    Of a stack of pictures no more than that slice is read. A path has to hold one scan.
    """
    source = place if isinstance(place, ScanSource) else inspect(place).source
    volume = middle(open_scan(source))
    plane = acquired_plane(volume)
    show = partial(plane.picture, index=plane.count // 2)
    if volume.colour is not None:
        channels = [show(volume.colour[0, ..., part]) for part in range(3)]
        image = _image(coloured(np.stack(channels, axis=-1), TRUE_COLOUR))
        return _scaled(image, plane.pixel_mm).convertToFormat(QImage.Format.Format_RGB32)
    picture = brightest([show(frame) for frame in volume.array])
    sample = sampled(picture)
    if not sample.size:
        raise ReadError("it holds no number that can be shown", path=source.path)
    image = _image(shaded(picture, auto_window(sample)))
    return _scaled(image, plane.pixel_mm).convertToFormat(QImage.Format.Format_Grayscale8)


def middle(opened: OpenedScan) -> Volume:
    """A volume with a few frames of the slice to show, or of all slices where that one lies across them."""
    header = opened.header
    frames = few_frames(header.frames)
    if slicing_axis(header.shape, header.affine, header.format) != 2:
        whole = opened.load()
        return replace(whole.with_array(whole.array[frames]), colour=None if whole.colour is None else whole.colour[:1])
    z = header.shape[2] // 2
    if any(doubt.kind == "colour" for doubt in header.doubts):
        return _first_come(opened, z)
    array = np.stack([opened.plane(frame, z) for frame in frames])[:, np.newaxis]
    return Volume(array, _moved(header, z), facts=opened.facts())


def few_frames(frames: int) -> list[int]:
    """The first, the middle and the last frame: recovery is bright at its end, decay at its beginning."""
    return [int(place) for place in np.linspace(0, frames - 1, min(LOOKED_AT, frames))]


def brightest(pictures: list[Array]) -> Array:
    """The one of the highest mean."""
    return max(pictures, key=_mean)


def _first_come(opened: OpenedScan, z: int) -> Volume:
    """One slice in colour, which only loading tells: it is ended as soon as that slice is there."""
    control = Control()
    come: list[Volume] = []

    def arrived(volume: Volume, frame: int, place: int) -> None:
        if not come and place == z:
            part = (slice(frame, frame + 1), slice(z, z + 1))
            colour = None if volume.colour is None else volume.colour[part].copy()
            moved = _moved(opened.header, z)
            come.append(Volume(volume.array[part].copy(), moved, facts=volume.facts, colour=colour))
            control.cancel()

    try:
        whole = opened.load((0, z), arrived, control)
    except Cancelled:
        return come[0]
    return come[0] if come else whole


def _moved(header: ScanHeader, z: int) -> Array:
    """The affine of slice z alone."""
    affine = header.affine.copy()
    affine[:3, 3] += z * affine[:3, 2]
    return affine


def _mean(picture: Array) -> float:
    sample = sampled(picture)
    return float(sample.mean()) if sample.size else -np.inf


def _image(pixels: Pixels) -> QImage:
    rows, columns = pixels.shape
    return QImage(np.ascontiguousarray(pixels).tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32)


def _scaled(image: QImage, pixel_mm: tuple[float, float]) -> QImage:
    width, height = image.width() * pixel_mm[0], image.height() * pixel_mm[1]
    scale = SIDE / max(width, height)
    return image.scaled(
        max(1, round(width * scale)),
        max(1, round(height * scale)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
