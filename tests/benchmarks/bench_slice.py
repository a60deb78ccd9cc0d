"""The next slice of 300 x 512 x 512 int16, 900 x 900 pixels, paint included."""

from contextlib import ExitStack

import numpy as np
from PySide6.QtCore import QSize

from desktop import theme
from desktop.app import application
from desktop.viewer.layouts import ROW
from desktop.viewer.planes_area import PlanesArea
from desktop.viewer.slice_view import SliceView
from engine.imaging.volume import Volume
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.benchmarks.bare import Shown, blank, image_item, image_view, rescaled
from tests.benchmarks.harness import Row, medians
from tests.benchmarks.painted import shown, until_painted
from tests.benchmarks.peer import Peer, napari_python

TITLE = "Next slice of 300 x 512 x 512 int16, with its paint, 900 x 900"
SHAPE = (300, 512, 512)
AREA = QSize(900, 900)
AFFINE = np.diag([-0.7, -0.7, 1.2, 1.0])
WINDOW = Window.between(100.0, 2800.0)
REPEATS = 60
ONE_MS, THREE_MS = 3.0, 8.0


def run() -> list[Row]:
    """Letters, corner texts, crosshair and scale bar are drawn by ours alone; ours and napari blend between voxels.

    Where the peer is "goal" its value is the time we allow ourselves.
    """
    app = application()
    theme.apply(app, "dark")
    scan = np.random.default_rng(0).integers(0, 3000, SHAPE, dtype=np.int16)
    views = {
        "blended": one_plane(scan, smooth=True),
        "not blended": one_plane(scan, smooth=False),
        "three": three_planes(scan),
        "dragged": dragged(scan),
        "ImageView": image_view(scan, WINDOW),
        "ImageItem": item(scan),
        "rescaled": rescaled(scan, WINDOW),
        "blank": blank(),
    }
    measures = {}
    for name, (widget, painted, change) in views.items():
        shown(app, widget, AREA)
        measures[name] = until_painted(app, painted, change)
    with ExitStack() as peers:
        if python := napari_python():
            measures["napari"] = peers.enter_context(Peer(python, "peer_napari", "slice")).measure
        medians(measures, 3)
        taken = {name: 1000 * value for name, value in medians(measures, REPEATS).items()}
    for widget, *_ in views.values():
        widget.close()
    return rows(taken)


def rows(taken: dict[str, float]) -> list[Row]:
    one, three = "one plane, blended", "three planes, letters and crosshair"
    made = [
        Row(one, "isocenter", "goal", taken["blended"], ONE_MS, "ms", 1.0),
        Row(three, "isocenter", "goal", taken["three"], THREE_MS, "ms", 1.0),
        Row("position dragged: three new slices", "isocenter", "goal", taken["dragged"], THREE_MS, "ms", 1.0),
    ]
    if "napari" in taken:
        made.append(Row(one, "isocenter", "napari", taken["blended"], taken["napari"], "ms", 1 / 14))
        made.append(Row(three, "isocenter", "napari, one plane", taken["three"], taken["napari"], "ms"))
    return [
        *made,
        Row(one, "isocenter", "pyqtgraph ImageView", taken["blended"], taken["ImageView"], "ms", 0.5),
        Row(one, "isocenter", "bare ImageItem", taken["blended"], taken["ImageItem"], "ms"),
        Row("one plane, not blended", "isocenter", "bare ImageItem", taken["not blended"], taken["ImageItem"], "ms", 1),
        Row("one plane, not blended", "isocenter", "bare rescale", taken["not blended"], taken["rescaled"], "ms"),
        Row("one plane, not blended", "isocenter", "empty repaint", taken["not blended"], taken["blank"], "ms"),
    ]


def one_plane(scan: np.ndarray, *, smooth: bool) -> Shown:
    view = SliceView()
    view.set_smooth(smooth)
    first = Viewing.of(Volume(scan[np.newaxis], AFFINE), WINDOW)
    view.show_viewing(first, ("P-001", "T2"))
    return view, view, lambda step: view.show_viewing(first.at_slice(step % first.plane.count))


def three_planes(scan: np.ndarray) -> Shown:
    """The slices of each plane in turn, the crosshair moving along in the others. The last plane's paint ends it."""
    area = _in_a_row(scan)

    def change(step: int) -> None:
        assert area.linked is not None
        viewing = area.linked.viewings[step % 3]
        area.become(viewing.at_slice(step % viewing.plane.count))

    return area, area.cells[2].view, change


def dragged(scan: np.ndarray) -> Shown:
    """All three planes through another position: three new slices at once."""
    area = _in_a_row(scan)

    def change(step: int) -> None:
        assert area.linked is not None
        x, y, z = (200 + step % 100, 250 - step % 100, 100 + step % 100)
        area.change_all(area.linked.at(tuple((AFFINE @ (x, y, z, 1))[:3])))

    return area, area.cells[2].view, change


def _in_a_row(scan: np.ndarray) -> PlanesArea:
    area = PlanesArea()
    area.lay_out(ROW)
    area.resize(AREA)
    area.show_viewing(Viewing.of(Volume(scan[np.newaxis], AFFINE), WINDOW), ("P-001", "T2"))
    return area


def item(scan: np.ndarray) -> Shown:
    view, image = image_item(scan[0], WINDOW)
    return view, view.viewport(), lambda step: image.setImage(scan[step % len(scan)], autoLevels=False)
