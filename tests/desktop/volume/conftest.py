"""Volume views that are really painted, by the processor or by OpenGL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import application
from desktop.bridge import Bridge
from desktop.volume.choosing import Way, card
from desktop.volume.readiness import make_ready
from desktop.volume.scene import Scene
from desktop.volume.volume_view import VolumeView
from engine.imaging.volume import Volume

if TYPE_CHECKING:
    from desktop.volume.gl.surface import CardSurface

SIDE = 325
Make = Callable[..., VolumeView]


@pytest.fixture(scope="session")
def kernels() -> None:
    """Compiled code, loaded or made."""
    make_ready()


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    theme.apply(application(), "dark")
    made = Bridge()
    yield made
    assert made.shutdown(20)


@pytest.fixture
def make_view(qtbot: QtBot, bridge: Bridge, kernels: None) -> Make:
    """`make_view(way, volume)` is a view of 325 x 325 pixels on the screen that shows the volume."""

    def make(way: Way = "processor", volume: Volume | None = None, side: int = SIDE) -> VolumeView:
        if way == "card" and not card():
            pytest.skip("no OpenGL here")
        view = VolumeView(bridge, way)
        qtbot.addWidget(view)
        view.resize(side, side)
        with qtbot.waitExposed(view):
            view.show()
        if volume is not None:
            with qtbot.waitSignal(view.shown, timeout=20_000):
                view.show_volume(volume)
        return view

    return make


@dataclass(frozen=True)
class Drawing:
    """One of the ways to draw. `slack` is how much less exact it may be: pictures of what moves are made of voxels."""

    picture: Callable[[Scene, tuple[int, int]], np.ndarray]
    slack: int

    def __call__(self, seen: Scene, size: tuple[int, int]) -> np.ndarray:
        return self.picture(seen, size)


@pytest.fixture(params=["still", "moving", "card"])
def draw(request: pytest.FixtureRequest, qtbot: QtBot, kernels: None) -> Iterator[Drawing]:
    """`draw(scene, size)` gives packed pixels, by each of the three ways there are."""
    from desktop.volume.moving import moving_picture
    from desktop.volume.still import still_picture

    if request.param == "still":
        yield Drawing(still_picture, 1)
    elif request.param == "moving":
        yield Drawing(moving_picture, 2)
    elif not card():
        pytest.skip("no OpenGL here")
    else:
        with shown_card(qtbot) as surface:
            yield Drawing(lambda seen, size: packed(surface.picture(seen, QSize(*size))), 1)


@contextmanager
def shown_card(qtbot: QtBot) -> "Iterator[CardSurface]":
    """A surface of OpenGL's on the screen."""
    from desktop.volume.gl.surface import CardSurface

    surface = CardSurface()
    qtbot.addWidget(surface)
    with qtbot.waitExposed(surface):
        surface.show()
    yield surface
    surface.close_down()


def packed(image: QImage) -> np.ndarray:
    """The pixels of an image as (rows, columns) of 0xAARRGGBB."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()
