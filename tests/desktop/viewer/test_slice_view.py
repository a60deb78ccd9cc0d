from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.viewer.corners import letter_boxes
from desktop.viewer.over import Over
from desktop.viewer.slice_picture import SlicePicture
from desktop.viewer.slice_view import SliceView
from engine.imaging.volume import Facts, Volume
from engine.pictures.camera import Camera
from engine.pictures.legend import pointed_words
from engine.pictures.planes import planes_of
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.desktop.viewer.screen import drag, hover, pixels, seen, turn, white_middle
from tests.helpers.volumes import BRIGHT, MARKED, SIZE_MM, SOME, body, echoes

WINDOW = Window.between(0, BRIGHT)
RIGHT, ANTERIOR, SUPERIOR = MARKED
# Where the block lies to the right of and below the middle of the picture, in mm, by radiological convention.
PLACES = {
    "axial": (-RIGHT, -ANTERIOR),
    "coronal": (-RIGHT, -SUPERIOR),
    "sagittal": (-ANTERIOR, -SUPERIOR),
}
Button, Modifier, Key = Qt.MouseButton, Qt.KeyboardModifier, Qt.Key


def shown(view: SliceView, volume: Volume, window: Window = WINDOW) -> Viewing:
    viewing = Viewing.of(volume, window)
    view.show_viewing(viewing, ("P-001", "T2"))
    return viewing


@pytest.mark.parametrize("orientation", SOME)
@pytest.mark.parametrize("name", PLACES)
def test_the_block_is_drawn_where_radiologists_look_for_it(view: SliceView, orientation: str, name: str) -> None:
    volume = body(orientation, (1.0, 2.0, 1.0))
    plane = next(plane for plane in planes_of(volume) if plane.name == name)
    view.show_viewing(Viewing.of(volume, WINDOW).in_plane(plane).near(MARKED))
    scale = view.width() / SIZE_MM
    right, down = PLACES[name]
    expected = (view.width() / 2 + right * scale, view.height() / 2 + down * scale)
    assert white_middle(view) == pytest.approx(expected, abs=1.6 * scale)


def test_a_click_chooses_the_voxel_that_is_drawn_there(view: SliceView, qtbot) -> None:
    volume = body("PIR")
    viewing = Viewing.of(volume, WINDOW).near(MARKED)
    view.show_viewing(viewing)
    with qtbot.waitSignal(view.marked) as told:
        qtbot.mouseClick(view, Button.LeftButton, pos=QPoint(*(round(c) for c in white_middle(view))))
    voxel = told.args[0]
    assert viewing.value(voxel) == BRIGHT
    assert np.abs(np.subtract(volume.to_world(voxel), MARKED)).max() <= 2.5


def test_the_wheel_goes_through_the_slices_and_stops_at_the_ends(view: SliceView) -> None:
    viewing = shown(view, echoes())
    turn(view, 1)
    assert seen(view).index == viewing.index + 1
    turn(view, -100)
    assert seen(view).index == 0
    turn(view, 100)
    assert seen(view).index == viewing.plane.count - 1


def test_fine_wheels_add_up_to_whole_slices(view: SliceView) -> None:
    viewing = shown(view, echoes())
    for _ in range(4):
        turn(view, 0.25)
    assert seen(view).index == viewing.index + 1


def test_another_slice_is_another_picture(view: SliceView) -> None:
    shown(view, echoes(), Window.between(800, 900))
    before = pixels(view)[200, 200].copy()
    turn(view, 2)
    assert (pixels(view)[200, 200] > before).all()


def test_shift_and_the_wheel_go_through_the_frames(view: SliceView) -> None:
    shown(view, echoes(), Window.between(0, 900))
    before = pixels(view)[200, 200].copy()
    turn(view, 1, Modifier.ShiftModifier)
    assert seen(view).frame == 1
    assert (pixels(view)[200, 200] < before).all()


@pytest.mark.parametrize(
    ("key", "index", "frame"),
    [
        (Key.Key_Down, 4, 1),
        (Key.Key_Up, 2, 1),
        (Key.Key_PageDown, 5, 1),
        (Key.Key_Home, 0, 1),
        (Key.Key_End, 5, 1),
        (Key.Key_Right, 3, 2),
        (Key.Key_Left, 3, 0),
    ],
)
def test_the_keys_move_through_slices_and_frames(view, qtbot, key, index: int, frame: int) -> None:
    view.show_viewing(shown(view, echoes()).at_frame(1))
    qtbot.keyClick(view, key)
    assert (seen(view).index, seen(view).frame) == (index, frame)


def test_space_is_left_for_the_overlay(view: SliceView, qtbot) -> None:
    viewing = shown(view, echoes())
    qtbot.keyClick(view, Key.Key_Space)
    assert view.viewing is viewing


def test_a_right_drag_changes_window_and_picture(view: SliceView) -> None:
    before = shown(view, echoes(), Window(800, 400)).window
    grey = pixels(view)[120, 120].copy()
    drag(view, Button.RightButton, QPoint(0, -60))
    assert seen(view).window.level < before.level
    assert (pixels(view)[120, 120] > grey).all()
    drag(view, Button.RightButton, QPoint(60, 0))
    assert seen(view).window.width > before.width


@pytest.mark.parametrize(
    ("button", "modifier"),
    [(Button.MiddleButton, Modifier.NoModifier), (Button.LeftButton, Modifier.ShiftModifier)],
)
def test_a_middle_drag_carries_the_picture_along(view: SliceView, button, modifier) -> None:
    view.show_viewing(Viewing.of(body(), WINDOW).near(MARKED))
    x, y = white_middle(view)
    drag(view, button, QPoint(-40, 30), modifier)
    assert white_middle(view) == pytest.approx((x - 40, y + 30), abs=2)


def test_ctrl_and_the_wheel_zoom_about_the_pointer_and_a_double_click_fits(view: SliceView, qtbot) -> None:
    view.show_viewing(Viewing.of(body(), WINDOW).near(MARKED))
    x, y = white_middle(view)
    count = (pixels(view) == 255).all(axis=2).sum()
    turn(view, -4, Modifier.ControlModifier, QPoint(round(x), round(y)))
    assert (pixels(view) == 255).all(axis=2).sum() > 2 * count
    assert white_middle(view) == pytest.approx((x, y), abs=6)
    qtbot.mouseDClick(view, Button.LeftButton)
    assert seen(view).camera.zoom == 1


def test_the_value_under_the_pointer_is_written_on_the_picture(view: SliceView) -> None:
    shown(view, body())
    before = pixels(view)
    hover(view, QPoint(200, 250))
    rows = np.nonzero((pixels(view) != before).any(axis=(1, 2)))[0]
    assert rows.size
    assert rows.max() < 100


def test_the_value_under_the_pointer_follows_the_wheel(view: SliceView) -> None:
    shown(view, echoes())
    hover(view, QPoint(200, 250))
    turn(view, 1, at=QPoint(200, 250))
    assert view.pointed is not None
    assert view.pointed[2] == seen(view).index


def test_letters_are_legible_over_white(view: SliceView) -> None:
    shown(view, Volume(np.full((1, 3, 32, 32), 1000, np.int16), np.eye(4), facts=Facts("nifti")), WINDOW)
    for box in letter_boxes(view.rect()):
        inside = pixels(view)[box.top() + 4 : box.bottom() - 4, box.left() + 4 : box.right() - 4].max(axis=2)
        assert inside.max() > 200
        assert np.percentile(inside, 10) < 110


def test_hovering_a_letter_says_what_it_means(view: SliceView) -> None:
    shown(view, body())
    place = letter_boxes(view.rect())[1].center()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert QToolTip.text() == "Towards the patient's left"
    QToolTip.hideText()


def test_the_image_area_is_black(view: SliceView) -> None:
    assert (pixels(view) == 0).all()


def test_smooth_blends_between_voxels_and_sharp_does_not(view: SliceView) -> None:
    board = (np.indices((8, 8)).sum(axis=0) % 2 * 1000).astype(np.int16)
    shown(view, Volume(board[np.newaxis, np.newaxis], np.eye(4), facts=Facts("png")))
    view.set_smooth(False)
    sharp = len(np.unique(pixels(view)[110:140, 100:300]))
    view.set_smooth(True)
    assert len(np.unique(pixels(view)[110:140, 100:300])) > sharp


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((1, 1, 1, 1), np.int16),
        np.full((1, 5, 20, 20), 9, np.uint8),
        np.full((1, 2, 8, 8), np.nan, np.float32),
        np.linspace(0, 1, 9_000_000, dtype=np.float32).reshape(1, 1, 3000, 3000),
        np.zeros((200, 3, 16, 16), np.float64),
        np.arange(4000, dtype=np.uint16).reshape(1, 1, 1, 4000),
        np.array([np.inf, -np.inf, np.nan, 1.0]).reshape(1, 1, 2, 2),
    ],
    ids=["one voxel", "constant", "NaN", "3000 x 3000", "200 frames", "one row", "infinite"],
)
def test_any_volume_is_shown(view: SliceView, qtbot, array: np.ndarray) -> None:
    with qtbot.captureExceptions() as exceptions:
        shown(view, Volume(array, np.eye(4), facts=Facts("nifti")), Window(0.5, 1))
        pixels(view)
        turn(view, 1)
        drag(view, Button.RightButton, QPoint(30, 30))
        drag(view, Button.LeftButton, QPoint(30, 30))
        turn(view, -30, Modifier.ControlModifier)
        qtbot.keyClick(view, Key.Key_Right)
        pixels(view)
    assert exceptions == []


def test_what_is_no_number_is_black(view: SliceView) -> None:
    array = np.full((1, 1, 32, 32), 1000, np.float32)
    array[..., :16] = np.nan
    shown(view, Volume(array, np.diag([-1.0, -1, 1, 1]), facts=Facts("nifti")))
    assert (pixels(view)[130:180, 60:150] == 0).all()
    assert (pixels(view)[130:180, 250:340] == 255).all()


def test_setting_a_viewing_from_outside_tells_nobody(view: SliceView, qtbot) -> None:
    viewing = shown(view, echoes())
    with qtbot.assertNotEmitted(view.changed):
        view.show_viewing(replace(viewing, index=1))


def test_a_dense_screen_shows_no_coarser_picture(view: SliceView) -> None:
    stripes = np.zeros((1, 1, 800, 800), np.int16)
    stripes[..., ::2] = 1000
    shown(view, Volume(stripes, np.eye(4), facts=Facts("png")))
    middle = pixels(view)[195:205, 195:205]
    assert np.abs(middle.astype(int) - 128).max() < 12


def painted_in_colour(view: SliceView, shape: tuple[int, int] = (8, 8)) -> Volume:
    """A picture in one colour, shown as it is."""
    colour = np.broadcast_to(np.array([200, 40, 10], np.uint8), (1, 1, *shape, 3))
    volume = Volume(np.full((1, 1, *shape), 80, np.uint8), np.diag([-1.0, -1, 1, 1]), colour=colour)
    shown(view, volume, Window(127.5, 255))
    return volume


@pytest.mark.parametrize("shape", [(8, 8), (2000, 2000)], ids=["enlarged", "averaged"])
def test_colours_on_the_screen_are_the_files(view: SliceView, shape: tuple[int, int]) -> None:
    painted_in_colour(view, shape)
    assert (pixels(view)[120:160, 120:160] == (200, 40, 10)).all()


def test_inverting_turns_colours_too(view: SliceView) -> None:
    viewing = Viewing.of(painted_in_colour(view), Window(127.5, 255, inverted=True))
    view.show_viewing(viewing)
    assert (pixels(view)[120:160, 120:160] == (55, 215, 245)).all()


def test_the_value_of_a_coloured_pixel_tells_red_green_and_blue(view: SliceView) -> None:
    painted_in_colour(view)
    hover(view, QPoint(200, 250))
    assert pointed_words(seen(view), view.inscription.unsure, view.pointed).startswith("R 200  G 40  B 10")


def test_a_held_picture_stays_without_its_scan(view: SliceView, qtbot) -> None:
    shown(view, body())
    before = pixels(view)
    view.hold()
    assert view.viewing is None
    turn(view, 1)
    assert (pixels(view) == before).all()


def large_picture() -> Volume:
    """A soft pattern of 1500 x 1500, averaged on any small screen."""
    y, x = np.mgrid[0:1500, 0:1500]
    values = 30000 + 8000 * np.sin(x / 90) + 8000 * np.cos(y / 70)
    return Volume(values.astype(np.uint16)[np.newaxis, np.newaxis], np.diag([-1.0, -1, 1, 1]))


def test_a_window_dragged_over_a_large_picture_shows_what_it_shows_at_rest(view: SliceView, qtbot) -> None:
    wide, narrow = Window(30000, 40000), Window(31000, 30000)
    shown(view, large_picture(), wide)
    pixels(view)
    view.show_viewing(replace(seen(view), window=narrow))
    dragged = pixels(view).astype(int)
    view.clear()
    shown(view, large_picture(), narrow)
    assert np.abs(pixels(view) - dragged).max() <= 3


def test_after_the_window_was_dragged_a_large_picture_is_panned_along(view: SliceView) -> None:
    viewing = shown(view, large_picture(), Window(30000, 40000))
    pixels(view)
    moved = replace(viewing, window=Window(31000, 30000), camera=Camera(1.5, 60.0, -90.0))
    view.show_viewing(replace(moved, camera=viewing.camera))
    pixels(view)
    view.show_viewing(moved)
    panned = pixels(view)
    view.clear()
    view.show_viewing(moved, ("P-001", "T2"))
    assert (pixels(view) == panned).all()


def test_the_magnifier_shows_what_is_under_the_pointer_twice_as_large(view: SliceView) -> None:
    view.show_viewing(Viewing.of(body(), WINDOW).near(MARKED))
    x, y = (round(value) for value in white_middle(view))
    hover(view, QPoint(x, y))
    count = (pixels(view) == 255).all(axis=2).sum()
    view.magnify(True)
    assert white_middle(view) == pytest.approx((x, y), abs=2)
    assert (pixels(view) == 255).all(axis=2).sum() == pytest.approx(4 * count, rel=0.2)
    view.magnify(False)
    assert (pixels(view) == 255).all(axis=2).sum() == count


def test_in_the_glass_a_large_picture_has_a_pixel_for_each_of_the_screen(view: SliceView) -> None:
    board = (np.indices((2000, 2000)).sum(axis=0) % 2 * 255).astype(np.uint8)
    shown(view, Volume(board[np.newaxis, np.newaxis], np.diag([-1.0, -1, 1, 1])), Window(127.5, 255))
    hover(view, QPoint(200, 200))
    assert np.ptp(pixels(view)[180:220, 180:220]) < 20
    view.set_smooth(False)
    view.magnify(True)
    assert set(np.unique(pixels(view)[180:220, 180:220])) == {0, 255}


def test_the_glass_is_round_and_follows_the_pointer(view: SliceView) -> None:
    shown(view, body(), Window(50, 10))
    view.magnify(True)
    hover(view, QPoint(100, 200))
    first = pixels(view)
    hover(view, QPoint(290, 200))
    second = pixels(view)
    assert (first[200, 209:212] != second[200, 209:212]).any()


def test_a_picture_whose_painting_failed_can_be_painted_again_and_go(view: SliceView) -> None:
    class Failing(Over):
        faulty = True

        def paint(self, painter: QPainter, view: SlicePicture) -> None:
            if self.faulty:
                raise ValueError("a fault in a feature")

    over = Failing(view)
    view.put_over(over)
    view.viewing = Viewing.of(body(), WINDOW)
    with pytest.raises(ValueError, match="a fault in a feature"):
        view.repaint()
    over.faulty = False
    view.repaint()
    assert pixels(view).max() > 0
