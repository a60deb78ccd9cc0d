"""Window and level of a 3000 x 3000 uint16 X-ray, 900 x 900 pixels, paint included."""

from contextlib import ExitStack
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize

from desktop import theme
from desktop.app import application
from desktop.viewer.slice_view import SliceView
from engine.imaging.volume import Volume
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.benchmarks.bare import Rescaled, Shown, image_item
from tests.benchmarks.harness import Row, medians
from tests.benchmarks.painted import shown, until_painted
from tests.benchmarks.peer import Peer, napari_python

TITLE = "Window and level of a 3000 x 3000 uint16 X-ray, with its paint, 900 x 900"
SIDE = 3000
AREA = QSize(900, 900)
XRAY = Window(30000, 50000)
REPEATS = 30
GOAL_MS = 4.0
SLOW = "autoDownsample"


def run() -> list[Row]:
    """Ours averages what falls into one pixel of the screen, as autoDownsample does; the other peers leave it out."""
    app = application()
    theme.apply(app, "dark")
    picture = np.random.default_rng(0).integers(0, 60000, (SIDE, SIDE), dtype=np.uint16)
    views = {
        "ours": ours(picture),
        "ImageItem": item(picture),
        SLOW: item(picture, autoDownsample=True),
        "rescaled": rescaled_before(picture),
    }
    measures = {}
    for name, (widget, painted, change) in views.items():
        shown(app, widget, AREA)
        measures[name] = until_painted(app, painted, change)
    with ExitStack() as peers:
        if python := napari_python():
            measures["napari"] = peers.enter_context(Peer(python, "peer_napari", "window")).measure
        medians(measures, 3)
        taken = {name: 1000 * value for name, value in medians(measures, REPEATS).items()}
    for widget, *_ in views.values():
        widget.close()
    names = {"napari": "napari", "ImageItem": "bare ImageItem", SLOW: "ImageItem autoDownsample"}
    mine = taken["ours"]
    return [
        Row("window of an X-ray", "isocenter", "goal", mine, GOAL_MS, "ms", 1.0),
        *(Row("window of an X-ray", "isocenter", words, mine, taken[name], "ms", 0.5)
          for name, words in names.items() if name in taken),
        Row("window of an X-ray", "isocenter", "rescale to screen size", mine, taken["rescaled"], "ms"),
    ]  # fmt: skip


def shifted(step: int) -> Window:
    return replace(XRAY, level=XRAY.level + 20 * (step % 300))


def ours(picture: np.ndarray) -> Shown:
    view = SliceView()
    first = Viewing.of(Volume(picture[np.newaxis, np.newaxis], np.diag([-0.1, -0.1, 1.0, 1.0])), XRAY)
    view.show_viewing(first, ("P-001", "X-ray"))
    return view, view, lambda step: view.show_viewing(replace(first, window=shifted(step)))


def item(picture: np.ndarray, *, autoDownsample: bool = False) -> Shown:
    view, image = image_item(picture, XRAY, autoDownsample=autoDownsample)
    return view, view.viewport(), lambda step: image.setLevels((shifted(step).low, shifted(step).high))


def rescaled_before(picture: np.ndarray) -> Shown:
    """Every third pixel, taken once, through the window into the widget: the least there is to do."""
    view, small = Rescaled(), np.ascontiguousarray(picture[::3, ::3])
    return view, view, lambda step: view.show_picture(small, shifted(step))
