import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.viewer.cine import CineBar
from desktop.viewer.track import Track
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.desktop.viewer.screen import pixels, turn
from tests.helpers.volumes import body, echoes

WINDOW = Window(500, 1000)


@pytest.fixture
def bar(qtbot) -> CineBar:
    made = CineBar()
    qtbot.addWidget(made)
    made.resize(400, 40)
    made.show()
    made.wanted.connect(made.show_viewing)
    return made


def test_the_label_says_the_frame_by_its_value(bar: CineBar) -> None:
    bar.show_viewing(Viewing.of(echoes(), WINDOW).at_frame(2))
    assert bar.label.text() == "TE 75 ms"
    assert bar.track.toolTip() == "Echo time (ms)"


def test_moving_the_frame_slider_wants_that_frame(bar: CineBar, qtbot) -> None:
    bar.show_viewing(Viewing.of(echoes(), WINDOW))
    with qtbot.waitSignal(bar.wanted) as told:
        bar.track.setValue(3)
    assert told.args[0].frame == 3


def test_playing_goes_through_the_frames_and_begins_again(bar: CineBar, qtbot) -> None:
    bar.show_viewing(Viewing.of(echoes(3), WINDOW))
    bar.speed.setCurrentIndex(bar.speed.count() - 1)
    frames = []
    bar.wanted.connect(lambda viewing: frames.append(viewing.frame))
    bar.button.click()
    qtbot.waitUntil(lambda: len(frames) >= 4)
    bar.button.click()
    assert frames[:4] == [1, 2, 0, 1]
    assert not bar.playing


def test_with_one_frame_the_slices_are_played(bar: CineBar) -> None:
    bar.show_viewing(Viewing.of(body(), WINDOW).at_slice(19))
    seen = []
    bar.wanted.connect(lambda viewing: seen.append(viewing.index))
    bar.step()
    assert seen == [0]
    assert not bar.track.isEnabled()


def test_what_is_hidden_does_not_play_on(bar: CineBar) -> None:
    bar.show_viewing(Viewing.of(echoes(), WINDOW))
    bar.toggle()
    bar.hide()
    assert not bar.playing


@pytest.mark.parametrize("orientation", [Qt.Orientation.Horizontal, Qt.Orientation.Vertical])
def test_a_track_goes_where_it_is_clicked(qtbot, orientation) -> None:
    track = Track(orientation, "Slice")
    qtbot.addWidget(track)
    track.resize(200, 200)
    track.show()
    track.show_position(0, 11)
    qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert track.value() == 5
    turn(track, 1)
    assert track.value() == 6
    qtbot.keyClick(track, Qt.Key.Key_Down if orientation == Qt.Orientation.Vertical else Qt.Key.Key_Right)
    assert track.value() == 7
    assert pixels(track).std() > 0


def test_standing_somewhere_tells_nobody(qtbot) -> None:
    track = Track(Qt.Orientation.Vertical, "Slice")
    qtbot.addWidget(track)
    with qtbot.assertNotEmitted(track.valueChanged):
        track.show_position(3, 9)
    assert track.value() == 3
