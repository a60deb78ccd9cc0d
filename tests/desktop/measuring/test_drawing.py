import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from desktop.measuring.painting import LINE
from desktop.viewer.gestures import mirrored, rotated
from engine.cohort import Workspace
from engine.cohort.cohort import Patient, Scan
from engine.imaging import discover
from engine.measure import Angle, Distance, Ellipse, Freehand, Rectangle
from engine.pictures.camera import Camera
from tests.desktop.measuring.conftest import BALL_MM, SPACING, Opened, ball
from tests.desktop.measuring.hand import (
    click,
    coloured,
    drag,
    ends_of_ball,
    on_screen,
    shape_of,
    shapes,
    take,
    the_only,
    view_of,
)
from tests.desktop.viewer.screen import NONE, hover, seen, turn


@pytest.mark.parametrize("orientation", ["LPS", "RAS", "PIR", "SAL", "ILA"])
@pytest.mark.parametrize("zoom", [0.7, 1.6])
@pytest.mark.parametrize("down", [False, True])
def test_a_ball_measures_its_diameter_within_a_pixel(show: Opened, orientation: str, zoom: float, down: bool) -> None:
    measuring = show(ball(orientation))
    view = view_of(measuring)
    measuring.page.become(replace(seen(view), camera=Camera(zoom, 2.0, -1.0)))
    take(measuring, "distance")
    drag(view, *ends_of_ball(view, down=down))
    length = shape_of(the_only(measuring)).length_mm
    assert length == pytest.approx(BALL_MM, abs=max(SPACING))


@pytest.mark.parametrize("turned", [rotated, mirrored])
def test_turned_and_mirrored_pictures_measure_the_same(show: Opened, turned) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "distance")
    drag(view, *ends_of_ball(view, down=False))
    measuring.board.select(None)
    measuring.page.become(turned(seen(view)))
    drag(view, *ends_of_ball(view, down=turned is rotated))
    one, other = (shape_of(drawn).length_mm for drawn in shapes(measuring))
    assert one == pytest.approx(other, abs=0.3)


def test_a_distance_is_drawn_by_two_clicks_as_by_a_drag(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "distance")
    ends = (QPoint(200, 300), QPoint(420, 350))
    drag(view, *ends)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NONE, QPoint(200, 330))
    click(view, QPoint(420, 380))
    one, other = (shape_of(drawn) for drawn in shapes(measuring))
    assert isinstance(one, Distance)
    assert other.length_mm == pytest.approx(one.length_mm)


def test_a_second_click_that_comes_as_a_double_click_ends_the_line(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "distance")
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NONE, QPoint(200, 300))
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, NONE, QPoint(300, 300))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, QPoint(300, 300))
    assert len(shapes(measuring)) == 1


@pytest.mark.parametrize("turns", [0, 1])
def test_a_right_angle_is_ninety_degrees_whatever_the_shape_of_the_pixels(show: Opened, turns: int) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    for _ in range(turns):
        measuring.page.become(rotated(seen(view)))
    take(measuring, "angle")
    click(view, QPoint(250, 200), QPoint(250, 420), QPoint(500, 420))
    shape = shape_of(the_only(measuring))
    assert isinstance(shape, Angle)
    assert shape.angle_deg == pytest.approx(90.0, abs=0.05)


def test_an_angle_may_begin_with_a_drag(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "angle")
    drag(view, QPoint(250, 200), QPoint(250, 300), QPoint(250, 420))
    click(view, QPoint(470, 200))
    assert shape_of(the_only(measuring)).angle_deg == pytest.approx(45.0, abs=0.05)


def test_an_unfinished_angle_waits_in_its_slice(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "angle")
    click(view, QPoint(250, 200), QPoint(250, 420))
    turn(view, 1)
    hover(view, QPoint(300, 300))
    turn(view, -1)
    click(view, QPoint(500, 420))
    assert shape_of(the_only(measuring)).angle_deg == pytest.approx(90.0, abs=0.05)


def test_a_rectangle_holds_the_values_that_numpy_finds_in_it(show: Opened, qtbot) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "rectangle")
    drag(view, on_screen(view, 10.2, 8.2), on_screen(view, 20, 12), on_screen(view, 30.2, 24.2))
    drawn = the_only(measuring)
    assert isinstance(drawn.shape, Rectangle)
    volume = measuring.page.panes.front.loaded.volume  # type: ignore[union-attr]
    viewing = seen(view)
    values = viewing.plane.picture(volume.array[0], viewing.index)[8:24, 10:30].astype(float)
    qtbot.waitUntil(lambda: measuring.values.settled(drawn))
    (frame,) = measuring.values.of(drawn, volume, 0).frames  # type: ignore[union-attr]
    assert frame.count == values.size
    assert frame.mean == pytest.approx(values.mean())
    assert frame.sd == pytest.approx(values.std(ddof=1))


def test_an_ellipse_has_the_area_of_one(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "ellipse")
    start, end = on_screen(view, 10, 6), on_screen(view, 34, 26)
    drag(view, start, QPoint(300, 300), end)
    shape = shape_of(the_only(measuring))
    assert isinstance(shape, Ellipse)
    scale = view.placement.px_per_mm(seen(view).plane.pixel_mm)
    sides = ((end - start).x() / scale, (end - start).y() / scale)
    assert shape.area_mm2 == pytest.approx(np.pi / 4 * sides[0] * sides[1], rel=1e-6)


def test_a_line_by_hand_closes_itself(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "freehand")
    angles = np.linspace(0, 1.95 * np.pi, 80)
    ring = [QPoint(round(380 + 100 * np.cos(a)), round(340 + 100 * np.sin(a))) for a in angles]
    drag(view, *ring)
    shape = shape_of(the_only(measuring))
    assert isinstance(shape, Freehand)
    scale = view.placement.px_per_mm(seen(view).plane.pixel_mm)
    assert shape.area_mm2 == pytest.approx(np.pi * (100 / scale) ** 2, rel=0.03)


def test_a_tool_stays_in_the_hand_until_it_is_chosen_again(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "distance")
    for row in (200, 300, 400):
        drag(view, QPoint(200, row), QPoint(400, row))
    assert len(shapes(measuring)) == 3
    take(measuring, "distance")
    assert measuring.tool_actions.pointer.isChecked()
    drag(view, QPoint(200, 450), QPoint(400, 450))
    assert len(shapes(measuring)) == 3


def test_escape_ends_one_thing_after_the_other(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "angle")
    click(view, QPoint(250, 200), QPoint(250, 420))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert measuring.shapes.drawing.draft is None
    assert measuring.tool_actions.of["angle"].isChecked()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert measuring.tool_actions.pointer.isChecked()
    assert shapes(measuring) == ()


def test_escape_is_for_the_tool_before_it_is_for_the_window(show: Opened, qtbot) -> None:
    measuring = show(ball())
    page, dismissed = measuring.page, []
    action = QAction(page)
    action.setShortcut(QKeySequence("Esc"))
    action.triggered.connect(lambda: dismissed.append(True))
    page.addAction(action)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    take(measuring, "distance")
    qtbot.keyClick(view_of(measuring), Qt.Key.Key_Escape)
    assert measuring.tool_actions.pointer.isChecked()
    assert dismissed == []
    qtbot.keyClick(view_of(measuring), Qt.Key.Key_Escape)
    assert dismissed == [True]


def test_an_area_nobody_pulled_open_is_none(show: Opened) -> None:
    measuring = show(ball())
    take(measuring, "rectangle")
    click(view_of(measuring), QPoint(300, 300))
    assert shapes(measuring) == ()


def test_the_wheel_turns_slices_and_right_drags_window_while_a_tool_draws(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    before = seen(view)
    take(measuring, "ellipse")
    turn(view, 1)
    drag(view, QPoint(300, 300), QPoint(340, 320), button=Qt.MouseButton.RightButton)
    assert seen(view).index == before.index + 1
    assert seen(view).window != before.window
    assert shapes(measuring) == ()


def test_with_the_pointer_a_click_marks_a_voxel_as_ever(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    click(view, QPoint(300, 300))
    assert seen(view).marked is not None


def test_a_shape_is_painted_in_its_slice_only(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "rectangle")
    drag(view, QPoint(250, 250), QPoint(300, 300), QPoint(450, 400))
    measuring.tool_actions.put_away()
    measuring.board.select(None)
    assert coloured(view, LINE) > 300
    turn(view, 1)
    assert coloured(view, LINE) == 0
    turn(view, -1)
    assert coloured(view, LINE) > 300


def test_a_picture_without_sizes_is_measured_in_pixels(show: Opened, tmp_path: Path) -> None:
    path = tmp_path / "plain.png"
    Image.fromarray(np.tile(np.arange(200, dtype=np.uint8), (100, 1))).save(path)
    with discover([path]) as found:
        source = found.scans[0].source
    scan = Scan(0, "", "BALL", source, "PNG", (200, 100, 1), 1, "plain")
    with Workspace.create(tmp_path / "pictures") as workspace:
        workspace.store.add([Patient("", "plain", {}, {}, (scan,))], "image")
    measuring = show(folder=tmp_path / "pictures")
    view = view_of(measuring)
    take(measuring, "distance")
    drag(view, on_screen(view, 20, 30), on_screen(view, 60, 60), on_screen(view, 120, 60))
    measuring.overview.refresh()
    words = measuring.overview.panel.list.topLevelItem(0)
    assert words is not None
    length, unit = words.text(1).split()
    assert unit == "px"
    assert float(length) == pytest.approx(math.hypot(100, 30), abs=0.4)
