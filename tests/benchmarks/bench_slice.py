"""The next slice of 300 x 512 x 512 int16 on the screen, 900 x 900 pixels large, paint included."""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QWidget

from desktop import theme
from desktop.app import application
from desktop.viewer.slice_view import SliceView
from desktop.viewer.viewing import Viewing
from desktop.viewer.windowing import Window
from engine.imaging.volume import Volume
from tests.benchmarks.harness import Row, medians, seconds

TITLE = "Slices: the next one of 300, with its paint, 900 x 900"
SHAPE = (300, 512, 512)
SIDE = 900
WINDOW = Window.between(100.0, 2800.0)
REPEATS = 60
GOALS = {"pyqtgraph ImageView": 0.5}


def run() -> list[Row]:
    """One row per peer; letters, corner texts and scale bar are drawn by ours alone."""
    app = application()
    theme.apply(app, "dark")
    scan = np.random.default_rng(0).integers(0, 3000, SHAPE, dtype=np.int16)
    views = {"isocenter": ours(scan), "pyqtgraph ImageView": image_view(scan), "pyqtgraph ImageItem": item(scan)}
    measures = {name: next_slice(app, *view) for name, view in views.items()}
    medians(measures, 3)
    taken = medians(measures, REPEATS)
    for widget, *_ in views.values():
        widget.close()
    mine = taken.pop("isocenter")
    return [
        Row("next slice", "isocenter", peer, 1000 * mine, 1000 * value, "ms", GOALS.get(peer))
        for peer, value in taken.items()
    ]


Shown = tuple[QWidget, QWidget, Callable[[int], Any]]


def ours(scan: np.ndarray) -> Shown:
    view = SliceView()
    affine = np.diag([-0.7, -0.7, 1.2, 1.0])
    first = Viewing.of(Volume(scan[np.newaxis], affine), WINDOW)
    view.show_viewing(first, ("P-001", "T2"))
    return view, view, lambda index: view.show_viewing(first.at_slice(index))


def image_view(scan: np.ndarray) -> Shown:
    view = pg.ImageView()
    view.setImage(scan, levels=(WINDOW.low, WINDOW.high), axes={"t": 0, "y": 1, "x": 2})
    return view, view.ui.graphicsView.viewport(), view.setCurrentIndex


def item(scan: np.ndarray) -> Shown:
    view = pg.GraphicsView()
    box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False)
    view.setCentralItem(box)
    image = pg.ImageItem(scan[0], axisOrder="row-major", levels=(WINDOW.low, WINDOW.high))
    box.addItem(image)
    return view, view.viewport(), lambda index: image.setImage(scan[index], autoLevels=False)


def next_slice(app: QApplication, widget: QWidget, painted: QWidget, step: Callable[[int], Any]) -> Callable[[], float]:
    """A measure: the seconds from the wish for another slice until `painted` has painted it."""
    widget.resize(SIDE, SIDE)
    widget.show()
    app.processEvents()
    indices = count(1)

    def move() -> None:
        step(next(indices) % SHAPE[0])
        painted.repaint()

    return lambda: seconds(move)
