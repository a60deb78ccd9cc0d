"""napari's viewer at the work of the benchmarks; run by a Python that has napari. See `peer.py` for what it answers."""

import sys
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import napari
import numpy as np
from qtpy.QtWidgets import QApplication

SEED = 0
Size = tuple[int, int]
Shown = tuple[Any, Size, Callable[[int], None]]


def slices() -> Shown:
    viewer = napari.Viewer(show=False)
    scan = np.random.default_rng(SEED).integers(0, 3000, (300, 512, 512), dtype=np.int16)
    viewer.add_image(scan, contrast_limits=(100, 2800), interpolation2d="linear")
    return viewer, (900, 900), lambda index: viewer.dims.set_current_step(0, index % 300)


def window() -> Shown:
    viewer = napari.Viewer(show=False)
    picture = np.random.default_rng(SEED).integers(0, 60000, (3000, 3000), dtype=np.uint16)
    layer = viewer.add_image(picture, contrast_limits=(5000, 55000))

    def shift(step: int) -> None:
        level = 20 * (step % 300)
        layer.contrast_limits = (5000 + level, 55000 + level)

    return viewer, (900, 900), shift


def volume() -> Shown:
    viewer = napari.Viewer(show=False, ndisplay=3)
    viewer.add_image(np.load(sys.argv[2]), rendering="mip", contrast_limits=(0, 1000))
    return viewer, (900, 700), lambda step: setattr(viewer.camera, "angles", (5 * step % 360, 10 * step % 360, 0))


def main() -> None:
    viewer, size, change = {"slice": slices, "window": window, "volume": volume}[sys.argv[1]]()
    canvas = viewer.window._qt_viewer.canvas
    shell = viewer.window._qt_window
    shell.show()
    QApplication.processEvents()
    for _ in range(3):  # until what is around the picture leaves it the wanted room
        widget = canvas.native
        shell.resize(shell.width() + size[0] - widget.width(), shell.height() + size[1] - widget.height())
        QApplication.processEvents()
    drawn = [0]
    canvas._scene_canvas.events.draw.connect(lambda _: drawn.__setitem__(0, drawn[0] + 1), position="last")
    print("ready", canvas.native.width(), canvas.native.height(), flush=True)
    steps = count(1)
    for _ in sys.stdin:
        before, begun = drawn[0], time.perf_counter()
        change(next(steps))
        while drawn[0] == before:
            QApplication.processEvents()
        print(time.perf_counter() - begun, flush=True)


main()
