from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from desktop import theme
from desktop.app import application
from desktop.viewer.layouts import FOUR, ONE, ONE_AND_THREE, ROW, Layout
from desktop.viewer.plane_cell import PlaneCell
from desktop.viewer.planes_area import PlanesArea
from desktop.viewer.slice_view import SliceView
from engine.imaging.volume import Volume
from engine.pictures.hanging import Hanging
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.desktop.viewer.screen import pixels, seen, turn, white_middle
from tests.helpers.volumes import BRIGHT, MARKED, ORIENTATIONS, affine_of, body, echoes

WINDOW = Window.between(0, BRIGHT)
NAMES = ("P-001", "T1")
LEFT = Qt.MouseButton.LeftButton
HUNG = [("R", "L", "A", "P"), ("R", "L", "S", "I"), ("A", "P", "S", "I")]
RIGHT, ANTERIOR, SUPERIOR = MARKED
# Where the block lies to the right of and below the middle of each picture, in mm, by radiological convention.
PLACES = [(-RIGHT, -ANTERIOR), (-RIGHT, -SUPERIOR), (-ANTERIOR, -SUPERIOR)]
SIDE = 600


@pytest.fixture
def area(qtbot) -> PlanesArea:
    """An area of 600 x 600 pixels with nothing in it."""
    theme.apply(application(), "dark")
    made = PlanesArea()
    qtbot.addWidget(made)
    made.resize(SIDE, SIDE)
    with qtbot.waitExposed(made):
        made.show()
    return made


def showing(area: PlanesArea, layout: Layout, volume: Volume | None = None) -> list[SliceView]:
    area.lay_out(layout)
    area.show_viewing(Viewing.of(volume or body(), WINDOW, hanging=area.hanging), NAMES)
    application().processEvents()
    return [cell.view for cell in area.shown]


def titles(area: PlanesArea) -> list[str]:
    return [seen(cell.view).plane.name for cell in area.shown]


def at(area: PlanesArea, world: tuple[float, float, float]) -> None:
    assert area.linked is not None
    area.change_all(area.linked.at(world))


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_in_every_axis_order_a_world_point_is_drawn_at_the_same_place(area: PlanesArea, orientation: str) -> None:
    area.set_crosshair(False)
    views = showing(area, FOUR, body(orientation))
    at(area, MARKED)
    for view, (right, down), letters in zip(views, PLACES, HUNG, strict=True):
        scale = min(view.width(), view.height()) / 40
        expected = (view.width() / 2 + right * scale, view.height() / 2 + down * scale)
        assert white_middle(view) == pytest.approx(expected, abs=1.1 * scale)
        assert seen(view).plane.letters == letters


@pytest.mark.parametrize("orientation", ORIENTATIONS[::5])
def test_the_crosshair_is_drawn_where_the_click_was(area: PlanesArea, orientation: str, qtbot) -> None:
    views = showing(area, FOUR, body(orientation, (1.0, 2.0, 4.0)))
    for view in views:
        place = QPoint(131, 77)
        qtbot.mouseClick(view, LEFT, pos=place)
        crossing = view.crossing
        assert crossing is not None
        assert (crossing.x(), crossing.y()) == pytest.approx((place.x(), place.y()), abs=1e-9)


def test_a_click_in_one_plane_moves_the_others_to_that_position(area: PlanesArea, qtbot) -> None:
    views = showing(area, FOUR)
    axial = seen(views[0])
    column, row, _ = axial.plane.of_world(MARKED)
    area.become(axial.at_slice(axial.plane.index_nearest(MARKED)))
    x, y = views[0].placement.to_screen(column, row)
    with qtbot.waitSignal(area.marked) as told:
        qtbot.mouseClick(views[0], LEFT, pos=QPoint(round(x), round(y)))
    assert seen(views[0]).value(told.args[0]) == BRIGHT
    assert all((pixels(view) == 255).all(axis=2).any() for view in views)


def test_the_lines_stand_in_all_planes_and_can_be_hidden(area: PlanesArea) -> None:
    views = showing(area, ROW)
    accent = [int(theme.DARK.accent[i : i + 2], 16) for i in (1, 3, 5)]

    def lines(view: SliceView) -> int:
        return int(((pixels(view) == accent).all(axis=2).mean(axis=0) > 0.5).sum())

    assert [lines(view) for view in views[1:]] == [1, 1]
    area.set_crosshair(False)
    assert [lines(view) for view in views[1:]] == [0, 0]


def test_one_plane_alone_has_no_crosshair(area: PlanesArea) -> None:
    (view,) = showing(area, ONE)
    before = pixels(view)
    area.set_crosshair(False)
    assert (pixels(view) == before).all()


def test_the_wheel_steps_the_slices_of_the_plane_under_it_only(area: PlanesArea) -> None:
    views = showing(area, ROW)
    before = [seen(view).index for view in views]
    turn(views[1], 3)
    assert [seen(view).index for view in views] == [before[0], before[1] + 3, before[2]]


@pytest.mark.parametrize(
    ("layout", "planes", "volume"),
    [
        (ONE, ["axial"], False),
        (ONE_AND_THREE, ["axial", "coronal", "sagittal"], True),
        (FOUR, ["axial", "coronal", "sagittal"], True),
        (ROW, ["axial", "coronal", "sagittal"], False),
    ],
    ids=lambda value: getattr(value, "key", None),
)
def test_a_layout_shows_its_planes_and_the_volume(area, layout: Layout, planes: list[str], volume: bool) -> None:
    showing(area, layout, body("LPS", (1.0, 1.0, 2.0)))
    assert titles(area) == planes
    assert all(cell.isVisible() for cell in area.shown)
    assert area.volume.isVisible() is volume


def test_the_chosen_plane_is_the_large_one(area: PlanesArea) -> None:
    showing(area, ONE_AND_THREE)
    area.choose("sagittal")
    application().processEvents()
    assert titles(area) == ["sagittal", "axial", "coronal"]
    widths = [cell.width() for cell in area.shown]
    assert widths[0] > 1.5 * widths[1]


def test_a_double_click_maximises_a_cell_and_brings_the_others_back(area: PlanesArea, qtbot) -> None:
    views = showing(area, FOUR)
    qtbot.mouseDClick(views[1], LEFT)
    assert titles(area) == ["coronal"]
    application().processEvents()
    assert area.cells[1].size() == area.size()
    assert area.viewing is area.cells[1].view.viewing
    qtbot.mouseDClick(views[1], LEFT)
    assert titles(area) == ["axial", "coronal", "sagittal"]


def test_the_volumes_cell_is_maximised_too(area: PlanesArea, qtbot) -> None:
    showing(area, FOUR)
    qtbot.mouseDClick(area.volume, LEFT)
    assert area.shown == []
    assert area.volume.isVisible()
    qtbot.mouseDClick(area.volume, LEFT)
    assert len(area.shown) == 3


def test_a_single_picture_has_all_of_the_area_in_every_layout(area: PlanesArea) -> None:
    picture = Volume(np.ones((1, 1, 40, 30)), affine_of("LPS", (1.0, 1.0, 1.0), (30, 40, 1)))
    showing(area, FOUR, picture)
    assert len(area.shown) == 1
    assert not area.volume.isVisible()
    showing(area, FOUR)
    assert len(area.shown) == 3


def test_the_neurological_side_mirrors_what_is_painted(area: PlanesArea) -> None:
    area.set_crosshair(False)
    views = showing(area, FOUR)
    at(area, MARKED)
    before = [white_middle(view) for view in views]
    area.hang(Hanging("neurological"))
    for view, (x, y), name in zip(views, before, titles(area), strict=True):
        mirrored = x if name == "sagittal" else view.width() - x
        assert white_middle(view) == pytest.approx((mirrored, y), abs=2)
    assert [seen(view).plane.letters[0] for view in views] == ["L", "L", "A"]


def test_the_side_is_said_on_the_picture(area: PlanesArea) -> None:
    (view,) = showing(area, ONE)
    before = pixels(view)
    area.hang(Hanging("neurological"))
    band = slice(SIDE - 60, SIDE - 20), slice(0, 140)
    assert (pixels(view)[band] != before[band]).any()


def test_window_and_frame_are_those_of_all_planes(area: PlanesArea) -> None:
    views = showing(area, ROW, echoes())
    area.become(replace(seen(views[0]).at_frame(2), window=Window(7, 9)))
    assert {(seen(view).frame, seen(view).window) for view in views} == {(2, Window(7, 9))}


def test_a_press_makes_a_plane_the_active_one_without_changing_the_layout(area: PlanesArea, qtbot) -> None:
    showing(area, ONE_AND_THREE)
    small = area.shown[2]
    with qtbot.waitSignal(area.activated):
        qtbot.mousePress(small.view, LEFT)
    assert area.view is small.view
    assert titles(area)[0] == "axial"


def test_planes_out_of_sight_keep_nothing_of_the_scan(area: PlanesArea) -> None:
    showing(area, FOUR)
    area.lay_out(ONE)
    hidden: list[PlaneCell] = [cell for cell in area.cells if cell not in area.shown]
    assert len(hidden) == 2
    assert all(cell.view.viewing is None for cell in hidden)


def test_the_scan_is_named_once_and_the_other_planes_by_themselves(area: PlanesArea) -> None:
    views = showing(area, FOUR)
    assert [view.names for view in views] == [NAMES, ("Coronal",), ("Sagittal",)]


def test_the_volumes_cell_says_what_the_volume_measures(area: PlanesArea) -> None:
    showing(area, FOUR, body("RAS", (1.0, 2.0, 4.0)))
    assert dict(area.volume.plate.lines)["Extent"] == "40 × 40 × 40 mm"


def test_the_slices_beside_a_picture_and_the_picture_follow_each_other(area: PlanesArea, qtbot) -> None:
    showing(area, ROW)
    cell = area.shown[2]
    with qtbot.waitSignal(area.changed):
        cell.slices.setValue(4)
    assert seen(cell.view).index == 4
    qtbot.keyClick(cell.view, Qt.Key.Key_End)
    assert cell.slices.value() == seen(cell.view).plane.count - 1


def test_the_keys_go_on_to_the_plane_that_takes_the_place_of_another(area: PlanesArea, qtbot) -> None:
    (view,) = showing(area, ONE)
    area.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    area.choose("coronal")
    assert area.view is not view
    qtbot.waitUntil(area.view.hasFocus)
