"""The controls beside a volume, pulled and pressed."""

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.volume.clip import Clip
from desktop.volume.strip import VolumeStrip
from tests.desktop.volume.phantoms import blobs

Button = Qt.MouseButton


@pytest.fixture
def strip(make_view, qtbot) -> VolumeStrip:
    """The controls of a view that shows blobs, on the screen."""
    made = VolumeStrip(make_view("processor", blobs()))
    qtbot.addWidget(made)
    made.resize(268, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def pull(qtbot, widget, begin: QPoint, end: QPoint) -> None:
    qtbot.mousePress(widget, Button.LeftButton, pos=begin)
    qtbot.mouseMove(widget, pos=end)
    qtbot.mouseRelease(widget, Button.LeftButton, pos=end)


def test_a_mode_is_pressed_and_lit(strip, qtbot) -> None:
    qtbot.mouseClick(strip.modes["composite"], Button.LeftButton)
    assert strip.view.scene.look.mode == "composite"
    assert [mode for mode, button in strip.modes.items() if button.isChecked()] == ["composite"]


def test_a_preset_is_chosen_and_stays_named_until_something_is_pulled(strip, qtbot) -> None:
    strip.presets.setCurrentIndex(2)
    strip.presets.activated.emit(2)
    assert strip.view.scene.look.preset == strip.presets.currentText() == "MR brain"
    at = strip.editor.spot(2).toPoint()
    pull(qtbot, strip.editor, at, at + QPoint(3, -20))
    assert strip.presets.currentIndex() == 0


def test_a_point_is_pulled_where_the_hand_goes(strip, qtbot) -> None:
    strip.view.set_mode("composite")
    before = strip.view.scene.look.transfer.points[2]
    at = strip.editor.spot(2).toPoint()
    pull(qtbot, strip.editor, at, at + QPoint(4, -25))
    after = strip.view.scene.look.transfer.points[2]
    assert after.value > before.value
    assert after.opacity > before.opacity + 0.1


def test_a_double_click_adds_a_point_and_a_right_click_takes_it_away(strip, qtbot) -> None:
    strip.view.set_mode("composite")
    count = len(strip.view.scene.look.transfer.points)
    qtbot.mouseDClick(strip.editor, Button.LeftButton, pos=QPoint(20, 20))
    assert len(strip.view.scene.look.transfer.points) == count + 1
    strip.editor.wanted.emit(strip.editor.transfer.without(0))
    assert len(strip.view.scene.look.transfer.points) == count


def test_the_surface_is_pulled_over_the_histogram(strip, qtbot) -> None:
    strip.view.set_mode("iso")
    before = strip.view.scene.look.iso
    x = round(strip.editor._x(before))
    pull(qtbot, strip.editor, QPoint(x, 60), QPoint(x + 40, 60))
    assert strip.view.scene.look.iso > before


def test_a_cut_is_pulled_and_taken_back(strip, qtbot) -> None:
    strip.cuts.button.setChecked(True)
    bar = strip.clip.bars[1]
    pull(qtbot, bar, QPoint(6, 12), QPoint(bar.width() // 2, 12))
    assert strip.view.scene.look.clip.low[1] == pytest.approx(0.5, abs=0.02)
    qtbot.mouseClick(strip.clip.whole, Button.LeftButton)
    assert strip.view.scene.look.clip == Clip()


def test_cuts_are_moved_by_keys(strip, qtbot) -> None:
    strip.cuts.button.setChecked(True)
    qtbot.keyClick(strip.clip.bars[0], Qt.Key.Key_Right)
    assert strip.view.scene.look.clip.low[0] == pytest.approx(0.02)


def test_without_a_volume_nothing_can_be_pressed(strip, qtbot) -> None:
    strip.view.clear()
    assert not strip.isEnabled()
