"""What others do for the same picture, and the least that Qt can do."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.pictures.pixels import shaded
from engine.pictures.window import Window

Shown = tuple[QWidget, QWidget, Callable[[int], Any]]


class Rescaled(QWidget):
    """A picture through a window, scaled straight into the widget: nothing is written over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._image, self._pixels = QImage(), np.zeros((1, 1), np.uint32)

    def show_picture(self, picture: np.ndarray, window: Window) -> None:
        self._pixels = shaded(picture, window)
        rows, columns = self._pixels.shape
        self._image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawImage(self.rect(), self._image)


class Blank(QWidget):
    """Painted black."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.black)


def image_view(scan: np.ndarray, window: Window) -> Shown:
    view = pg.ImageView()
    view.setImage(scan, levels=(window.low, window.high), axes={"t": 0, "y": 1, "x": 2})
    return view, view.ui.graphicsView.viewport(), lambda step: view.setCurrentIndex(step % len(scan))


def image_item(
    picture: np.ndarray, window: Window, *, autoDownsample: bool = False
) -> tuple[pg.GraphicsView, pg.ImageItem]:
    view = pg.GraphicsView()
    box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False)
    view.setCentralItem(box)
    levels = (window.low, window.high)
    image = pg.ImageItem(picture, axisOrder="row-major", levels=levels, autoDownsample=autoDownsample)
    box.addItem(image)
    return view, image


def rescaled(scan: np.ndarray, window: Window) -> Shown:
    view = Rescaled()
    return view, view, lambda step: view.show_picture(scan[step % len(scan)], window)


def blank() -> Shown:
    view = Blank()
    return view, view, lambda _: view.update()
