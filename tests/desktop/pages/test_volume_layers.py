"""What lies over a scan in the planes lies over it in the volume view too."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from desktop import theme
from desktop.app import application
from desktop.bridge import Bridge
from desktop.pages.view.volume_slot import VolumeSlot, overlay_of
from desktop.volume.readiness import make_ready
from engine.imaging.volume import Volume
from engine.pictures.layer import Layer, LayerKind, Region
from engine.pictures.overlay import Overlay
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import body

BASE = body(frames=3)
FIRST = Viewing.of(BASE, Window.between(0, 1000))


def layer(kind: LayerKind = "map", frames: int = 1, colour_map: str = "viridis") -> Layer:
    array = np.ones((frames, *BASE.array.shape[1:]), np.float32)
    array *= np.arange(1, frames + 1).reshape(frames, 1, 1, 1)
    return Layer("key", "T2", kind, Overlay(Volume(array, BASE.affine), 0, 3, colour_map=colour_map))


@pytest.fixture
def slot(qtbot) -> Iterator[VolumeSlot]:
    theme.apply(application(), "dark")
    make_ready()
    bridge = Bridge()
    made = VolumeSlot(bridge)
    qtbot.addWidget(made)
    made.resize(200, 200)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    assert bridge.shutdown(20)


def tinted(slot: VolumeSlot) -> Overlay | None:
    scene = slot.view.scene
    return None if scene is None or scene.tint is None else scene.tint.overlay


def frame_of(slot: VolumeSlot) -> int | None:
    overlay = tinted(slot)
    return None if overlay is None else overlay.frame


def test_the_topmost_layer_that_is_more_than_grey_lies_over_the_volume() -> None:
    below, above, grey = layer(), layer("heatmap", colour_map="hot"), layer("scan", colour_map="grey")
    for layers, wanted in (
        ((below, above, grey), "hot"),
        ((below, replace(above, shown=False)), "viridis"),
        ((below, replace(above, region=Region("swipe"))), "viridis"),
    ):
        overlay = overlay_of(replace(FIRST, layers=layers))
        assert overlay is not None
        assert overlay.colour_map == wanted
    assert overlay_of(replace(FIRST, layers=(grey,))) is None


def test_a_map_colours_the_volume_evenly_until_it_is_taken_away(slot: VolumeSlot, qtbot) -> None:
    slot.show_viewing(replace(FIRST, layers=(layer(),)))
    qtbot.waitUntil(lambda: tinted(slot) is not None, timeout=20_000)
    overlay = tinted(slot)
    assert overlay is not None
    assert overlay.even
    slot.show_viewing(FIRST)
    assert tinted(slot) is None


def test_frames_of_a_layer_follow_those_of_the_scan(slot: VolumeSlot, qtbot) -> None:
    viewing = replace(FIRST, layers=(layer(frames=3),))
    for frame in (0, 2):
        slot.show_viewing(viewing.at_frame(frame))
        qtbot.waitUntil(lambda frame=frame: frame_of(slot) == frame, timeout=20_000)


def test_another_opacity_makes_nothing_ready_again(slot: VolumeSlot, qtbot) -> None:
    one = layer()
    slot.show_viewing(replace(FIRST, layers=(one,)))
    qtbot.waitUntil(lambda: tinted(slot) is not None, timeout=20_000)
    assert slot.view.scene is not None
    assert slot.view.scene.tint is not None
    solid = slot.view.scene.tint.solid
    slot.show_viewing(replace(FIRST, layers=(replace(one, overlay=replace(one.overlay, opacity=0.1)),)))
    qtbot.waitUntil(lambda: (tinted(slot) or one.overlay).opacity == 0.1, timeout=20_000)
    assert slot.view.scene.tint is not None
    assert slot.view.scene.tint.solid is solid
