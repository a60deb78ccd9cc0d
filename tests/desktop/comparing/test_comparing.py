"""Comparing on the view page: what is seen, and that it ends as it began."""

import gc
import weakref
from dataclasses import astuple

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.comparing.comparison import Other
from desktop.pages.view import ViewPage
from desktop.pages.view.comparing import Comparing
from desktop.pages.view.layering import Layering
from desktop.viewer.slice_view import SliceView
from engine.cohort import Cohort
from engine.imaging.volume import Volume
from engine.pictures.viewing import Viewing
from tests.desktop.comparing.conftest import SHIFT, look_at, settle
from tests.desktop.viewer.screen import drag, pixels, seen, turn

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
CTRL = Qt.KeyboardModifier.ControlModifier
DARK, LIGHT = 40, 215


def begin(qtbot: QtBot, page: ViewPage, comparing: Comparing, scan: int, other: Other, how: str = "beside") -> None:
    """Compare a scan by its id with another one, and wait until both are there."""
    cohort = page.session.cohort
    assert cohort is not None
    patient = next(each.patient for each in cohort.scans if each.id == scan)
    look_at(qtbot, page, patient=patient, scan=scan)
    comparing.compare_with(other)
    comparing.compare_by(how)  # type: ignore[arg-type]
    settle(qtbot, page)


def grey_at(view: SliceView, x: float, y: float) -> int:
    """The brightness at a share of the width and height of a picture."""
    picture = pixels(view)
    return int(picture[round(y * (picture.shape[0] - 1)), round(x * (picture.shape[1] - 1))].mean())


def volumes_in(viewing: Viewing) -> list[Volume]:
    return [viewing.volume, *(layer.overlay.volume for layer in viewing.layers)]


def scan(cohort: Cohort, number: int) -> Other:
    return Other(next(each for each in cohort.scans if each.id == number))


def test_v_puts_another_scan_of_the_patient_beside_and_escape_ends_it(page, comparing, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.activateWindow()
    page.panes.front.view.setFocus()
    qtbot.waitUntil(page.panes.front.view.hasFocus)
    comparing.commands.compare.trigger()
    settle(qtbot, page)
    assert [pane.view.names for pane in page.panes.panes[:2]] == [("P-001", "T1"), ("P-001", "T2")]
    assert comparing.bar.isVisible()
    assert comparing.commands.compare.isChecked()
    qtbot.keyClick(page.panes.front.view, Qt.Key.Key_Escape)
    assert comparing.comparison is None
    assert not comparing.bar.isVisible()
    assert page.panes.panes[1].isHidden()


def test_swipe_shows_one_scan_left_of_the_line_and_the_other_right_of_it(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    view = page.panes.front.view
    assert grey_at(view, 0.4, 0.3) < DARK
    assert grey_at(view, 0.6, 0.3) > LIGHT


def test_the_line_is_dragged_with_the_mouse(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    view = page.panes.front.view
    drag(view, LEFT, QPoint(view.width() // 4, 0))
    assert grey_at(view, 0.7, 0.3) < DARK
    assert grey_at(view, 0.79, 0.3) > LIGHT
    assert comparing.comparison.line == pytest.approx(0.75, abs=0.01)
    QTest.mouseDClick(view, LEFT, pos=QPoint(round(0.75 * view.width()), view.height() // 3))
    assert comparing.comparison.line == 0.5


def test_the_same_world_point_lies_at_the_same_place_on_both_sides_of_the_line(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    pane = page.panes.front
    pane.go_to_position((9.0, -11.0, 6.0))
    column, row, _ = seen(pane).plane.of_world((9.0, -11.0, 6.0))
    x, y = (round(value) for value in pane.view.placement.to_screen(column, row))
    share = (x / pane.view.width(), y / pane.view.height())
    comparing.change(lambda now: now.at(1.0))
    assert grey_at(pane.view, *share) > LIGHT
    comparing.change(lambda now: now.at(0.0))
    assert grey_at(pane.view, *share) < DARK


def test_the_brackets_move_the_line_and_the_slider_too(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    comparing.commands.more.trigger()
    assert comparing.comparison.line == pytest.approx(0.55)
    comparing.commands.less.trigger()
    comparing.commands.less.trigger()
    assert comparing.comparison.line == pytest.approx(0.45)
    comparing.bar.track.setValue(20)
    assert comparing.comparison.line == pytest.approx(0.2)


def test_a_right_drag_beyond_the_line_sets_the_window_of_the_scan_there(page, comparing, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    drag(page.panes.front.view, RIGHT, QPoint(20, 0))
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    view = page.panes.front.view
    window, before = seen(view).window, seen(view).layers[0].overlay
    at = QPoint(3 * view.width() // 4, view.height() // 3)
    QTest.mousePress(view, RIGHT, pos=at)
    QTest.mouseEvent(QTest.MouseAction.MouseMove, view, RIGHT, Qt.KeyboardModifier.NoModifier, at + QPoint(60, 0))
    QTest.mouseRelease(view, RIGHT, pos=at + QPoint(60, 0))
    after = seen(view).layers[0].overlay
    assert seen(view).window == window
    assert after.high - after.low > before.high - before.low
    drag(view, RIGHT, QPoint(-30, 0))
    assert seen(view).window != window


def test_a_board_shows_the_two_scans_in_turn(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "checkers")
    row = pixels(page.panes.front.view)[page.panes.front.view.height() // 3].mean(axis=1)
    lit = row > 128
    assert np.count_nonzero(lit[1:] != lit[:-1]) >= 6
    fields = comparing.comparison.fields
    comparing.commands.more.trigger()
    assert comparing.comparison.fields == fields + 1


def test_fading_goes_from_one_scan_to_the_other(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "fade")
    view = page.panes.front.view
    greys = []
    for share in (0.0, 0.5, 1.0):
        comparing.change(lambda now, share=share: now.at(share))
        greys.append(grey_at(view, 0.6, 0.3))
    assert greys[0] < DARK
    assert greys[1] == pytest.approx(128, abs=12)
    assert greys[2] > LIGHT


def test_two_echoes_stand_beside_each_other_at_one_place_window_and_scale(page, comparing, cohort, qtbot) -> None:
    front = scan(cohort, 12).scan
    begin(qtbot, page, comparing, 12, Other(front, 2))
    one, two = page.panes.panes[:2]
    look_at(qtbot, page, frame=0)
    assert (seen(one).frame, seen(two).frame) == (0, 2)
    turn(one.view, -2)
    drag(one.view, RIGHT, QPoint(30, 10))
    turn(one.view, -2, CTRL)
    assert seen(two).index == seen(one).index
    assert seen(two).window == seen(one).window
    assert astuple(seen(two).camera) == pytest.approx(astuple(seen(one).camera))
    assert seen(two).frame == 2
    assert np.shares_memory(seen(two).volume.array, seen(one).volume.array)


def test_turning_to_the_other_echo_leaves_both_frames_as_they_are(page, comparing, cohort, qtbot) -> None:
    front = scan(cohort, 12).scan
    look_at(qtbot, page, patient="P-001", scan=12, frame=0)
    begin(qtbot, page, comparing, 12, Other(front, 2))
    one, two = page.panes.panes[:2]
    qtbot.mouseClick(two.view, LEFT, pos=two.view.rect().center() + QPoint(10, 10))
    assert page.panes.front is two
    assert (seen(one).frame, seen(two).frame) == (0, 2)
    assert page.session.selection.current.frame == 2
    assert comparing.comparison.other == Other(front, 0)
    comparing.end()
    settle(qtbot, page)
    assert seen(page.panes.front).frame == 2


def test_two_patients_follow_each_other_from_centre_to_centre(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 20))
    one, two = page.panes.panes[:2]
    turn(one.view, 3)
    qtbot.mouseClick(one.view, LEFT, pos=one.view.rect().center() + QPoint(14, 9))
    assert np.subtract(two.viewing.position, one.viewing.position) == pytest.approx(SHIFT)
    assert one.view.names[0] == "P-001"
    assert two.view.names[0] == "P-002"
    assert "centre to centre" in comparing.bar.note.words
    assert page.session.selection.current.patient == "P-001"


def test_linked_scans_are_drawn_at_one_scale_and_unlinked_ones_are_left_alone(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 20))
    one, two = page.panes.panes[:2]
    turn(one.view, -3, CTRL, QPoint(40, 60))
    drag(one.view, MIDDLE, QPoint(30, -20))
    crossing = one.view.crossing
    assert two.view.placement.across == pytest.approx(one.view.placement.across)
    assert (two.view.crossing.x(), two.view.crossing.y()) == pytest.approx((crossing.x(), crossing.y()), abs=1)
    page.commands.link.trigger()
    before = seen(two)
    turn(one.view, -3, CTRL)
    turn(one.view, 2)
    assert seen(two) is before


def test_the_plane_chosen_in_one_is_shown_in_the_other(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 20))
    one, two = page.panes.panes[:2]
    qtbot.mouseClick(page.choices.planes[1], LEFT)
    assert seen(one).plane.name == seen(two).plane.name == "coronal"
    assert np.subtract(two.viewing.position, one.viewing.position) == pytest.approx(SHIFT)


def test_all_scans_side_by_side_come_to_one_scale_once_somebody_zooms(page, comparing, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.beside.trigger()
    settle(qtbot, page)
    one, two, echo = page.panes.panes[:3]
    qtbot.mouseClick(page.choices.planes[0], LEFT)
    turn(one.view, 1)
    assert seen(echo).camera.zoom == 1.0
    turn(one.view, -2, CTRL)
    for other in (two, echo):
        ours, theirs = (pane.view.placement.px_per_mm(seen(pane).plane.pixel_mm) for pane in (one, other))
        assert theirs == pytest.approx(ours)


def test_a_click_on_the_other_patient_turns_to_him_and_both_stay_where_they_are(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 20))
    two = page.panes.panes[1]
    qtbot.mouseClick(two.view, LEFT)
    settle(qtbot, page)
    assert page.session.selection.current.patient == "P-002"
    assert page.panes.front is two
    assert [pane.view.names[0] for pane in page.panes.panes[:2]] == ["P-001", "P-002"]
    assert comparing.comparison.other == scan(cohort, 10)


def test_another_patient_is_laid_centre_on_centre_and_the_screen_says_so(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 20), "swipe")
    view = page.panes.front.view
    assert grey_at(view, 0.4, 0.3) < DARK
    assert grey_at(view, 0.6, 0.3) > LIGHT
    assert comparing.laid.note == "P-002 laid centre to centre: not registered"


def test_the_next_patient_keeps_the_comparison_with_his_own_other_scan(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11))
    look_at(qtbot, page, patient="P-002")
    assert comparing.comparison.other == scan(cohort, 21)
    assert [pane.view.names for pane in page.panes.panes[:2]] == [("P-002", "T1"), ("P-002", "T2")]


def test_another_scan_in_front_is_compared_with_that_of_the_same_role(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 20), "swipe")
    look_at(qtbot, page, scan=11)
    assert comparing.comparison.other == scan(cohort, 21)
    assert len(seen(page.panes.front).layers) == 1


def test_two_echoes_of_the_next_patient_stand_beside_each_other_too(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 12, Other(scan(cohort, 12).scan, 2))
    look_at(qtbot, page, patient="P-002")
    one, two = page.panes.panes[:2]
    qtbot.waitUntil(lambda: two.view.names == ("P-002", "ME"))
    settle(qtbot, page)
    assert one.view.names == ("P-002", "ME")
    assert seen(two).frame == 2
    assert np.shares_memory(seen(two).volume.array, seen(one).volume.array)


def test_rapid_changes_end_at_the_last_patient_and_what_he_is_compared_with(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    for _ in range(5):
        for key in ("P-002", "P-001", "P-002"):
            page.session.selection.set(patient=key)
    settle(qtbot, page)
    assert comparing.comparison.other == scan(cohort, 21)
    assert [layer.name for layer in seen(page.panes.front).layers] == ["T2"]


def test_a_patient_without_such_a_scan_ends_it_quietly(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11))
    look_at(qtbot, page, patient="P-003")
    assert comparing.comparison is None
    assert not comparing.bar.isVisible()
    assert page.panes.front.view.names[0] == "P-003"


def test_the_chooser_finds_a_patient_by_typing(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11))
    chooser = comparing.bar.chooser
    assert chooser.text() == "T2"
    qtbot.mouseClick(chooser, LEFT)
    assert chooser.list.isVisible()
    qtbot.keyClicks(chooser.list.search, "p-002")
    qtbot.keyClick(chooser.list.search, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert comparing.comparison.other == scan(cohort, 20)
    assert chooser.text() == "P-002 T1"


def test_the_scan_of_the_next_patient_is_one_key_away(page, comparing, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    comparing.commands.next.trigger()
    settle(qtbot, page)
    assert comparing.comparison.other == scan(cohort, 20)


def test_photos_of_one_size_are_laid_pixel_on_pixel_and_others_only_beside(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 30, scan(cohort, 31), "swipe")
    assert comparing.comparison.how == "swipe"
    assert comparing.laid.note.startswith("Laid pixel on pixel")
    comparing.compare_with(scan(cohort, 32))
    settle(qtbot, page)
    assert comparing.comparison.how == "beside"
    assert not comparing.bar.ways["swipe"].isEnabled()
    assert "grids differ" in comparing.bar.ways["swipe"].toolTip()


def test_ending_restores_all_scans_side_by_side(page, comparing, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.beside.trigger()
    settle(qtbot, page)
    before = [(pane.view.names, seen(pane).camera, seen(pane).index) for pane in page.panes.panes]
    comparing.compare_with(scan(cohort, 20))
    comparing.compare_by("swipe")
    settle(qtbot, page)
    assert sum(not pane.isHidden() for pane in page.panes.panes) == 1
    comparing.end()
    settle(qtbot, page)
    assert [(pane.view.names, seen(pane).camera, seen(pane).index) for pane in page.panes.panes] == before


def test_nothing_of_the_other_patient_is_kept_when_it_ends(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 20))
    array = weakref.ref(page.panes.panes[1].viewing.volume.array)
    comparing.compare_by("fade")
    settle(qtbot, page)
    assert len(seen(page.panes.front).layers) == 1
    assert array() is not None
    comparing.end()
    gc.collect()
    assert seen(page.panes.front).layers == ()
    qtbot.waitUntil(lambda: array() is None)


def test_after_many_comparisons_no_volume_is_left_behind(page, comparing, cohort, qtbot) -> None:
    alive: weakref.WeakSet[Volume] = weakref.WeakSet()
    page.panes.changed.connect(lambda viewing: alive.update(volumes_in(viewing)))
    look_at(qtbot, page, patient="P-001", scan=10)
    for turn_ in range(6):
        comparing.compare_with(scan(cohort, (11, 20, 12)[turn_ % 3]))
        for how in ("swipe", "fade", "beside"):
            comparing.compare_by(how)
            settle(qtbot, page)
            qtbot.keyClick(page.panes.front.view, Qt.Key.Key_Down)
        comparing.end()
    gc.collect()
    qtbot.waitUntil(lambda: len(alive) == 1)


def test_a_map_lies_over_the_compared_scan_and_stays_when_that_goes(page, comparing, cohort, qtbot) -> None:
    layering = next(feature for feature in page.features if isinstance(feature, Layering))
    begin(qtbot, page, comparing, 12, Other(scan(cohort, 12).scan, 3), "swipe")
    layering.add_map()
    front = page.panes.front
    qtbot.waitUntil(lambda: len(seen(front).layers) == 2)
    assert [layer.kind for layer in seen(front).layers] == ["map", "scan"]
    turn(front.view, 1)
    comparing.commands.more.trigger()
    assert [layer.kind for layer in seen(front).layers] == ["map", "scan"]
    comparing.compare_by("fade")
    assert [layer.kind for layer in seen(front).layers] == ["scan", "map"]
    comparing.end()
    assert [layer.kind for layer in seen(front).layers] == ["map"]


def test_playing_the_frames_keeps_the_other_scan_laid_over(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 12, Other(scan(cohort, 12).scan, 3), "swipe")
    look_at(qtbot, page, frame=0)
    page.panes.front.cine.step()
    layer = seen(page.panes.front).layers[0]
    assert seen(page.panes.front).frame == 1
    assert layer.frame_over(seen(page.panes.front).volume, 1) == 3
    comparing.end()
    page.panes.front.cine.step()
    assert seen(page.panes.front).layers == ()


def test_closing_while_the_other_scan_is_read_is_safe(session, cohort, qtbot) -> None:
    page = ViewPage(session)
    comparing = next(feature for feature in page.features if isinstance(feature, Comparing))
    with qtbot.captureExceptions() as exceptions:
        page.show()
        session.selection.set(patient="P-001", scan=10)
        comparing.compare_with(scan(cohort, 20))
        comparing.compare_by("fade")
        page.deleteLater()
        assert session.bridge.settle(10)
        qtbot.waitUntil(lambda: not session.bridge._tasks)
    assert exceptions == []


def test_a_scan_that_cannot_be_read_is_said_in_the_bar(page, comparing, cohort, qtbot, tmp_path) -> None:
    (tmp_path / "P-001-T2.nii").write_bytes(b"broken")
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    qtbot.waitUntil(lambda: "cannot be laid over" in comparing.bar.note.words)
    assert seen(page.panes.front).layers == ()
