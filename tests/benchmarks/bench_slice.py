"""The next slice of 300 x 512 x 512 int16 and the window of a 3000 x 3000 X-ray, 900 x 900 pixels, paint included."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop import theme
from desktop.app import application
from desktop.viewer.layouts import FOUR
from desktop.viewer.planes_area import PlanesArea
from desktop.viewer.slice_view import SliceView
from engine.imaging.volume import Volume
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.benchmarks.harness import Row, medians, seconds

TITLE = "Slices and window of a picture, with its paint, 900 x 900"
SHAPE = (300, 512, 512)
SIDE = 900
WINDOW = Window.between(100.0, 2800.0)
XRAY = Window(30000, 50000)
REPEATS = 60


def run() -> list[Row]:
    """Letters, corner texts, crosshair and scale bar are drawn by ours alone; the peers do not blend between voxels.

    Where the peer is "goal" its value is the time we allow ourselves.
    """
    app = application()
    theme.apply(app, "dark")
    scan = np.random.default_rng(0).integers(0, 3000, SHAPE, dtype=np.int16)
    picture = np.random.default_rng(0).integers(0, 60000, (3000, 3000), dtype=np.uint16)
    views = {
        "blended": ours(scan, smooth=True),
        "not blended": ours(scan, smooth=False),
        "ImageView": image_view(scan),
        "ImageItem": image_item(scan),
        "planes": three_planes(scan),
        "X-ray": x_ray(picture),
        "X-ray ImageItem": x_ray_item(picture),
    }
    measures = {name: next_slice(app, *view) for name, view in views.items()}
    medians(measures, 3)
    taken = {name: 1000 * value for name, value in medians(measures, REPEATS).items()}
    for widget, *_ in views.values():
        widget.close()
    return [
        _row("next slice, blended", "ImageView", taken["blended"], taken["ImageView"], 0.5),
        _row("next slice, not blended", "ImageView", taken["not blended"], taken["ImageView"], 0.5),
        _row("next slice, not blended", "ImageItem", taken["not blended"], taken["ImageItem"], 1.0),
        _row("window of an X-ray", "ImageItem", taken["X-ray"], taken["X-ray ImageItem"], 0.5),
        Row("next slice, one plane", "isocenter", "goal", taken["blended"], 3.0, "ms", 1.0),
        Row("next slice, three planes", "isocenter", "goal", taken["planes"], 8.0, "ms", 1.0),
        Row("window of an X-ray", "isocenter", "goal", taken["X-ray"], 4.0, "ms", 1.0),
    ]


def _row(work: str, peer: str, mine: float, value: float, goal: float) -> Row:
    return Row(work, "isocenter", f"pyqtgraph {peer}", mine, value, "ms", goal)


Shown = tuple[QWidget, QWidget, Callable[[int], Any]]


def ours(scan: np.ndarray, *, smooth: bool) -> Shown:
    view = SliceView()
    view.set_smooth(smooth)
    affine = np.diag([-0.7, -0.7, 1.2, 1.0])
    first = Viewing.of(Volume(scan[np.newaxis], affine), WINDOW)
    view.show_viewing(first, ("P-001", "T2"))
    return view, view, lambda index: view.show_viewing(first.at_slice(index))


def three_planes(scan: np.ndarray) -> Shown:
    """Axial, coronal, sagittal and the facts; the slices of each in turn. The last plane's paint ends the measure."""
    area = PlanesArea()
    area.lay_out(FOUR)
    area.resize(SIDE, SIDE)
    area.show_viewing(Viewing.of(Volume(scan[np.newaxis], np.diag([-0.7, -0.7, 1.2, 1.0])), WINDOW), ("P-001", "T2"))

    def step(index: int) -> None:
        assert area.linked is not None
        area.become(area.linked.viewings[index % 3].at_slice(index))

    return area, area.cells[2].view, step


def x_ray(picture: np.ndarray) -> Shown:
    view = SliceView()
    first = Viewing.of(Volume(picture[np.newaxis, np.newaxis], np.diag([-0.1, -0.1, 1.0, 1.0])), XRAY)
    view.show_viewing(first, ("P-001", "X-ray"))
    return view, view, lambda step: view.show_viewing(replace(first, window=shifted(step)))


def x_ray_item(picture: np.ndarray) -> Shown:
    view, painted, image = item_in_view(picture, XRAY)
    return view, painted, lambda step: image.setLevels((shifted(step).low, shifted(step).high))


def shifted(step: int) -> Window:
    return replace(XRAY, level=XRAY.level + 20 * step)


def image_view(scan: np.ndarray) -> Shown:
    view = pg.ImageView()
    view.setImage(scan, levels=(WINDOW.low, WINDOW.high), axes={"t": 0, "y": 1, "x": 2})
    return view, view.ui.graphicsView.viewport(), view.setCurrentIndex


def image_item(scan: np.ndarray) -> Shown:
    view, painted, image = item_in_view(scan[0], WINDOW)
    return view, painted, lambda index: image.setImage(scan[index], autoLevels=False)


def item_in_view(picture: np.ndarray, window: Window) -> tuple[QWidget, QWidget, pg.ImageItem]:
    view = pg.GraphicsView()
    box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False)
    view.setCentralItem(box)
    image = pg.ImageItem(picture, axisOrder="row-major", levels=(window.low, window.high))
    box.addItem(image)
    return view, view.viewport(), image


class Paints(QObject):
    """Counts the paints of a widget, so that none can be left out of a measure."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.Paint
        return False


def next_slice(app: QApplication, widget: QWidget, painted: QWidget, step: Callable[[int], Any]) -> Callable[[], float]:
    """A measure: the seconds from the wish for another slice until `painted` has painted it."""
    widget.resize(SIDE, SIDE)
    widget.show()
    app.processEvents()
    indices, paints = count(1), Paints(painted)

    def move() -> None:
        before = paints.seen
        step(next(indices) % SHAPE[0])
        while paints.seen == before:
            app.processEvents()

    return lambda: seconds(move)
