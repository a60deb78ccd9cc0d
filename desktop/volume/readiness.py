"""Whether compiled kernels can be used yet. The first start on a machine compiles for some seconds, later ones load."""

import numpy as np

from desktop.volume.camera import Camera
from desktop.volume.look import MODES, Look
from desktop.volume.scene import Scene
from desktop.volume.solid import Solid, Tint
from desktop.volume.transfer import Point, Transfer
from engine.imaging.volume import Volume
from engine.pictures.overlay import Overlay
from engine.pictures.sampling import COMPILING
from engine.pictures.window import Window

SIDE = 4
_ready = False


def ready() -> bool:
    """Whether `make_ready` has come to its end in this process."""
    return _ready


def make_ready() -> None:
    """Import, compile or load every kernel; once per process, never in the GUI thread."""
    global _ready
    with COMPILING:
        if not _ready:
            _draw_everything()
            _ready = True


def _draw_everything() -> None:
    from desktop.volume.moving import moving_picture
    from desktop.volume.still import still_picture

    grid = np.arange(SIDE**3, dtype=np.int16).reshape(1, SIDE, SIDE, SIDE)
    volume = Volume(grid, np.eye(4))
    solid = Solid.of(volume, 0, processor=True)
    transfer = Transfer((Point(0, 0), Point(SIDE**3, 1)))
    for tint in (None, Tint.of(Overlay(volume, 0, SIDE**3), solid)):
        for mode in MODES:
            scene = Scene(solid, Camera(), Look(mode, Window(8, 16), transfer, iso=8), tint)
            moving_picture(scene, (SIDE, SIDE))
            still_picture(scene, (SIDE, SIDE))
