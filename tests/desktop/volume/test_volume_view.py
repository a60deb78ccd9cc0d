"""The view as a user meets it: on the screen, under the mouse, while things are still being made."""

import gc
import json
import os
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.volume.camera import Camera
from desktop.volume.choosing import card
from desktop.volume.presets import PRESETS
from desktop.volume.volume_view import VolumeView
from engine.imaging.volume import Volume
from engine.pictures.overlay import Overlay
from engine.pictures.window import Window
from tests.desktop.viewer.screen import drag, pixels, turn
from tests.desktop.volume.conftest import packed
from tests.desktop.volume.phantoms import blobs, greys
from tests.helpers.volumes import body, echoes

WAYS = ["processor", "card"]
Key, Button = Qt.Key, Qt.MouseButton


def refined(qtbot, view: VolumeView) -> np.ndarray:
    """The widget's pixels once the picture at rest stands."""
    fine = greys(packed(view.grab_image(marked=False)))
    view.set_boxed(False)
    inner = np.s_[40:-60, 60:-60]

    def stands() -> None:
        assert np.abs(pixels(view)[..., 1][inner] - fine[inner]).mean() < 0.5

    qtbot.waitUntil(stands, timeout=10_000)
    return pixels(view)


@pytest.mark.parametrize("way", WAYS)
def test_a_volume_stands_on_the_screen_as_fine_as_it_is_grabbed(make_view, qtbot, way) -> None:
    view = make_view(way, blobs())
    assert view.drawn_by == way
    assert refined(qtbot, view).max() > 200


@pytest.mark.parametrize("ways", [("card", "card"), ("processor", "processor"), ("card", "processor")])
def test_two_views_side_by_side_both_draw(kernels, bridge, qtbot, ways) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    views = [VolumeView(bridge, way) for way in ways]
    for view in views:
        row.addWidget(view)
    holder.resize(800, 400)
    with qtbot.waitExposed(holder):
        holder.show()
    for view in views:
        view.show_volume(blobs())
    qtbot.waitUntil(lambda: all(view.scene is not None for view in views))
    for view in views:
        assert refined(qtbot, view).max() > 200


@pytest.mark.parametrize("way", WAYS)
def test_a_drag_turns_the_volume_and_it_comes_to_rest_fine(make_view, qtbot, way) -> None:
    view = make_view(way, blobs())
    before = refined(qtbot, view)
    drag(view, Button.LeftButton, QPoint(60, 30))
    assert view.scene.camera.matrix == pytest.approx(Camera().turned(60, 30).matrix, abs=0.02)
    assert np.abs(refined(qtbot, view).astype(int) - before).mean() > 1


def test_the_middle_button_moves_the_picture_with_the_pointer(make_view, qtbot) -> None:
    view = make_view("processor", blobs())
    before = greys(packed(view.grab_image(marked=False)))
    drag(view, Button.MiddleButton, QPoint(40, -25))
    after = greys(packed(view.grab_image(marked=False)))
    assert np.abs(after[:-25, 40:] - before[25:, :-40]).max() <= 2


def test_the_wheel_brings_nearer_what_is_under_the_pointer(make_view, qtbot) -> None:
    view = make_view("processor", blobs())
    at = QPoint(120, 140)
    before = greys(packed(view.grab_image(marked=False)))[at.y(), at.x()]
    turn(view, -2, at=at)
    assert view.scene.camera.zoom == pytest.approx(1.15**2)
    assert greys(packed(view.grab_image(marked=False)))[at.y(), at.x()] == pytest.approx(before, abs=8)


def test_keys_look_from_the_standard_sides_and_zero_goes_back(make_view, qtbot) -> None:
    view = make_view("processor", blobs())
    qtbot.keyClick(view, Key.Key_5)
    assert view.scene.camera.edge_letters == ("L", "R", "A", "P")
    qtbot.keyClick(view, Key.Key_0)
    assert view.scene.camera == Camera()


def test_a_double_click_leaves_the_camera_to_who_holds_the_view(make_view, qtbot) -> None:
    view = make_view("processor", blobs())
    qtbot.keyClick(view, Key.Key_5)
    before = view.scene.camera
    qtbot.mouseDClick(view, Button.LeftButton)
    assert view.scene.camera == before


def test_the_old_picture_stays_while_the_next_volume_is_made(make_view, qtbot) -> None:
    view = make_view("processor", blobs())
    before = view.scene
    view.show_volume(body())
    assert view.scene is before
    with qtbot.waitSignal(view.shown):
        pass
    assert view.scene.levels.grid.shape == (20, 20, 20)


def test_another_frame_keeps_camera_and_look(make_view, qtbot) -> None:
    volume = echoes()
    view = make_view("processor", volume)
    view.set_preset(PRESETS[3])
    view.set_camera(Camera().turned(30, 10))
    before = view.scene
    with qtbot.waitSignal(view.shown):
        view.show_volume(volume, 2)
    assert (view.scene.camera, view.scene.look) == (before.camera, before.look)
    assert view.scene.levels.high < before.levels.high


def test_the_last_of_several_wishes_is_shown(make_view, qtbot) -> None:
    view = make_view("processor")
    shown = []
    view.shown.connect(lambda opened: shown.append(opened.frame))
    volume = echoes()
    for frame in range(4):
        view.show_volume(volume, frame)
    qtbot.waitUntil(lambda: 3 in shown)
    assert view.opened.frame == 3


@pytest.mark.parametrize("way", WAYS)
def test_an_overlay_comes_and_goes(make_view, qtbot, way) -> None:
    view = make_view(way, blobs())
    plain = packed(view.grab_image(marked=False))
    view.show_overlay(Overlay(body(), 100, 1000))
    qtbot.waitUntil(lambda: view.scene.tint is not None)
    assert (packed(view.grab_image(marked=False)) != plain).any()
    view.show_overlay(None)
    assert (packed(view.grab_image(marked=False)) == plain).all()


def test_an_overlay_wished_for_first_lies_over_the_volume_that_comes(make_view, qtbot) -> None:
    view = make_view("processor")
    view.show_overlay(Overlay(body(), 100, 1000))
    view.show_volume(blobs())
    qtbot.waitUntil(lambda: view.scene is not None and view.scene.tint is not None)


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_has_the_size_one_asks_for(make_view, way) -> None:
    view = make_view(way, blobs())
    image = view.grab_image(QSize(640, 480))
    assert (image.width(), image.height()) == (640, 480)
    assert greys(packed(image)).max() > 200


@pytest.mark.parametrize("way", WAYS)
def test_closing_while_a_volume_is_made_is_safe(kernels, qtbot, bridge, way) -> None:
    view = VolumeView(bridge, way)
    with qtbot.waitExposed(view):
        view.show()
    view.show_volume(blobs())
    view.close()
    view.deleteLater()
    with qtbot.waitSignal(view.destroyed):
        pass
    assert bridge.settle(10)
    qtbot.wait(1)


@pytest.mark.parametrize("way", WAYS)
def test_clearing_gives_the_memory_back(make_view, qtbot, bridge, way) -> None:
    view = make_view(way, blobs())
    refined(qtbot, view)
    levels = weakref.ref(view.scene.levels)
    view.clear()
    assert bridge.settle(10)
    qtbot.wait(1)
    gc.collect()
    assert levels() is None
    assert pixels(view)[60:-60, 60:-60].max() == 0


def test_a_window_changes_the_greys(make_view, qtbot) -> None:
    view = make_view("processor", blobs())
    before = greys(packed(view.grab_image(marked=False)))
    view.set_window(Window.between(0, 4000))
    assert greys(packed(view.grab_image(marked=False))).max() < before.max() / 2


def test_without_opengl_the_processor_draws_and_says_so(tmp_path: Path) -> None:
    told = json.loads(_without_opengl(tmp_path))
    assert told["drawn_by"] == "processor"
    assert "No OpenGL" in told["words"]
    assert told["brightest"] > 200


def _without_opengl(folder: Path) -> str:
    program = folder / "look.py"
    program.write_text(
        "import json\n"
        "from PySide6.QtCore import QEventLoop\n"
        "from desktop.app import application\n"
        "from desktop.bridge import Bridge\n"
        "from desktop.volume.volume_view import VolumeView\n"
        "from tests.desktop.volume.phantoms import blobs\n"
        "app, bridge = application(), Bridge()\n"
        "view = VolumeView(bridge)\n"
        "view.resize(200, 200)\n"
        "view.show()\n"
        "loop = QEventLoop()\n"
        "view.shown.connect(lambda _: loop.quit())\n"
        "view.show_volume(blobs())\n"
        "loop.exec()\n"
        "image = view.grab_image(marked=False)\n"
        "brightest = max(image.pixelColor(x, y).green() for x in range(200) for y in range(200))\n"
        "print(json.dumps({'drawn_by': view.drawn_by, 'words': view.message, 'brightest': brightest}))\n"
        "bridge.shutdown()\n"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    environment.pop("DISPLAY", None)
    done = subprocess.run(
        [sys.executable, str(program)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_software_opengl_leaves_the_drawing_to_the_processor(make_view) -> None:
    if "llvmpipe" not in card().lower():
        pytest.skip("not a software renderer")
    assert make_view("auto", blobs()).drawn_by == "processor"


def test_where_the_card_cannot_the_processor_takes_over(make_view, qtbot) -> None:
    view = make_view("card")
    view.set_boxed(False)
    view.show_volume(Volume(np.ones((1, 1, 1, 70_000), np.int16), np.eye(4)))
    qtbot.waitUntil(lambda: view.drawn_by == "processor" and view.scene is not None, timeout=10_000)
    assert view.scene.solid.drawn is not None
    assert "the processor" in view.message


def test_who_draws_can_be_changed_while_a_volume_stands(make_view, qtbot) -> None:
    view = make_view("card", blobs())
    qtbot.keyClick(view, Key.Key_5)
    camera = view.scene.camera
    with qtbot.waitSignal(view.shown):
        view.set_way("processor")
    assert view.drawn_by == "processor"
    assert view.scene.camera == camera
    with qtbot.waitSignal(view.shown):
        view.set_way("card")
    assert view.drawn_by == "card"
    assert view.message == ""


def test_a_card_that_is_asked_for_in_vain_is_told_of(make_view, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("desktop.volume.choosing.card", lambda: "")
    view = make_view("processor", blobs())
    view.set_way("card")
    assert view.drawn_by == "processor"
    assert view.message.startswith("The graphics card cannot draw")
