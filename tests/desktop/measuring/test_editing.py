import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.measuring.naming import NameField
from desktop.measuring.painting import LINE
from desktop.pages.view.measuring import Measuring
from engine.measure import Distance, Shape
from tests.desktop.measuring.conftest import Opened, ball, look_at
from tests.desktop.measuring.hand import click, coloured, drag, shape_of, shapes, take, the_only, view_of
from tests.desktop.viewer.screen import NONE, hover, seen

START, END = QPoint(200, 300), QPoint(400, 300)
MIDDLE = QPoint(300, 300)


def draw(measuring: Measuring, kind: str = "distance", start: QPoint = START, end: QPoint = END) -> None:
    """Draw a shape and put the tool away; nothing is selected then."""
    take(measuring, kind)
    drag(view_of(measuring), start, (start + end) / 2, end)
    measuring.tool_actions.put_away()
    measuring.board.select(None)


def per_mm(measuring: Measuring) -> float:
    view = view_of(measuring)
    assert view.viewing is not None
    return view.placement.px_per_mm(view.viewing.plane.pixel_mm)


def test_hovering_lights_a_shape_and_changes_the_pointer(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    view = view_of(measuring)
    hover(view, QPoint(300, 200))
    quiet = coloured(view, LINE)
    hover(view, MIDDLE)
    assert coloured(view, LINE) > quiet + 50
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    hover(view, START)
    assert view.cursor().shape() == Qt.CursorShape.SizeAllCursor


def test_a_click_on_the_line_selects_and_one_beside_it_lets_go(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    click(view_of(measuring), MIDDLE)
    assert measuring.board.chosen == the_only(measuring)
    assert view_of(measuring).viewing.marked is None  # type: ignore[union-attr]
    click(view_of(measuring), QPoint(300, 200))
    assert measuring.board.chosen is None


def test_a_handle_moves_its_point_and_the_line_moves_all(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    view = view_of(measuring)
    drag(view, END, QPoint(450, 300), QPoint(500, 300))
    shape = shape_of(the_only(measuring))
    assert shape.length_mm == pytest.approx(300 / per_mm(measuring))
    drag(view, MIDDLE, QPoint(300, 320), QPoint(300, 350))
    moved = shape_of(the_only(measuring))
    assert moved.length_mm == pytest.approx(shape.length_mm)
    assert moved.points != shape.points


def test_the_corner_of_a_rectangle_moves_and_the_one_across_stays(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring, "rectangle", QPoint(200, 200), QPoint(400, 350))
    drag(view_of(measuring), QPoint(400, 200), QPoint(450, 190), QPoint(500, 150))
    area = shape_of(the_only(measuring)).area_mm2
    assert area == pytest.approx(300 * 200 / per_mm(measuring) ** 2)


def test_a_selected_area_is_moved_by_its_inside(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring, "ellipse", QPoint(200, 200), QPoint(400, 350))
    view = view_of(measuring)
    before = shape_of(the_only(measuring))
    click(view, QPoint(300, 200))
    drag(view, QPoint(300, 280), QPoint(320, 300), QPoint(340, 320))
    after = shape_of(the_only(measuring))
    assert after.area_mm2 == pytest.approx(before.area_mm2)
    assert after.points[0] != before.points[0]


def test_figures_follow_while_a_handle_is_pulled(show: Opened, qtbot) -> None:
    measuring = show(ball())
    draw(measuring, "rectangle", QPoint(200, 200), QPoint(400, 350))
    view = view_of(measuring)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, QPoint(400, 350))
    QTest.mouseEvent(QTest.MouseAction.MouseMove, view, Qt.MouseButton.LeftButton, NONE, QPoint(500, 450))
    qtbot.waitUntil(lambda: measuring.values.settled(the_only(measuring)))
    assert measuring.page.session.edits.count() == 1
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert shape_of(the_only(measuring)).area_mm2 == pytest.approx(200 * 150 / per_mm(measuring) ** 2)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, QPoint(500, 450))
    assert measuring.page.session.edits.count() == 1


def test_delete_takes_the_selected_shape_away(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    assert not measuring.deeds.delete.isEnabled()
    click(view_of(measuring), MIDDLE)
    measuring.deeds.delete.trigger()
    assert shapes(measuring) == ()


def menu_over(measuring: Measuring, at: QPoint) -> QMenu | None:
    QTest.mouseClick(view_of(measuring), Qt.MouseButton.RightButton, NONE, at)
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


def test_a_right_click_offers_a_menu_on_a_shape_and_nowhere_else(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    assert menu_over(measuring, QPoint(300, 200)) is None
    menu = menu_over(measuring, MIDDLE)
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.text()] == ["Rename", "Copy figures", "Delete"]
    menu.actions()[1].trigger()
    menu.close()
    length = shape_of(the_only(measuring)).length_mm
    assert QGuiApplication.clipboard().text() == f"Distance 1\t{length:.1f} mm"


def test_a_name_is_typed_on_the_picture(show: Opened, qtbot) -> None:
    measuring = show(ball())
    draw(measuring)
    view = view_of(measuring)
    measuring.deeds.name(the_only(measuring), view, MIDDLE)
    field = view.findChild(NameField)
    assert field is not None
    qtbot.keyClicks(field, "Disc")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert the_only(measuring).name == "Disc"


def test_every_act_is_undone_and_done_again(show: Opened) -> None:
    measuring = show(ball())
    edits = measuring.page.session.edits
    draw(measuring)
    first = shapes(measuring)
    drag(view_of(measuring), MIDDLE, QPoint(300, 320), QPoint(300, 350))
    moved = shapes(measuring)
    measuring.deeds.rename(first[0].key, "Disc")
    named = shapes(measuring)
    measuring.deeds.delete.trigger()
    states = [(), first, moved, named, ()]
    assert [edits.text(i) for i in range(edits.count())] == [
        "Draw distance", "Move Distance 1", "Rename Distance 1", "Delete Disc",
    ]  # fmt: skip
    for state in states[-2::-1]:
        edits.undo()
        assert shapes(measuring) == state
    for state in states[1:]:
        edits.redo()
        assert shapes(measuring) == state


def test_deleting_all_can_be_taken_back(show: Opened) -> None:
    measuring = show(ball())
    for kind in ("distance", "rectangle", "ellipse"):
        draw(measuring, kind, QPoint(200, 200), QPoint(400, 350))
    before = shapes(measuring)
    measuring.deeds.delete_all.trigger()
    assert shapes(measuring) == ()
    measuring.page.session.edits.undo()
    assert shapes(measuring) == before


def test_undo_after_changing_the_patient_finds_the_right_scan(show: Opened, qtbot) -> None:
    measuring = show(ball(), ball("RAS"))
    draw(measuring)
    drawn = the_only(measuring)
    measuring.deeds.rename(drawn.key, "Disc")
    look_at(qtbot, measuring, "P-002")
    draw(measuring, "ellipse", QPoint(200, 200), QPoint(400, 350))
    measuring.page.session.edits.undo()
    assert shapes(measuring) == ()
    measuring.page.session.edits.undo()
    assert measuring.board.get(drawn.key) == drawn
    assert shapes(measuring) == ()
    look_at(qtbot, measuring, "P-001")
    assert the_only(measuring) == drawn


def test_what_was_just_drawn_is_selected_and_can_be_pulled_at_once(show: Opened) -> None:
    measuring = show(ball())
    take(measuring, "distance")
    view = view_of(measuring)
    drag(view, START, MIDDLE, END)
    drag(view, END, QPoint(450, 300), QPoint(500, 300))
    shape: Shape = shape_of(the_only(measuring))
    assert isinstance(shape, Distance)
    assert shape.length_mm == pytest.approx(300 / per_mm(measuring))


def test_del_on_another_patient_deletes_nothing(show: Opened, qtbot) -> None:
    measuring = show(ball(), ball("RAS"))
    draw(measuring)
    click(view_of(measuring), MIDDLE)
    before = shapes(measuring)
    look_at(qtbot, measuring, "P-002")
    assert measuring.board.chosen is None
    assert not measuring.deeds.delete.isEnabled()
    measuring.deeds.delete.trigger()
    look_at(qtbot, measuring, "P-001")
    assert shapes(measuring) == before


def test_what_is_taken_back_names_its_patient(show: Opened, qtbot) -> None:
    measuring = show(ball(), ball("RAS"))
    draw(measuring)
    look_at(qtbot, measuring, "P-002")
    with qtbot.waitSignal(measuring.page.session.announced) as told:
        measuring.page.session.edits.undo()
    assert told.args == ["Draw distance (P-001 BALL): taken back."]


def test_a_right_drag_that_begins_on_a_shape_changes_the_window(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    view = view_of(measuring)
    before = seen(view).window
    drag(view, MIDDLE, QPoint(320, 310), QPoint(360, 330), button=Qt.MouseButton.RightButton)
    assert QApplication.activePopupWidget() is None
    assert seen(view).window.width == before.dragged(60, -30).width


def test_a_right_click_that_trembles_leaves_the_window_alone(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    view = view_of(measuring)
    before = seen(view).window
    drag(view, MIDDLE, MIDDLE + QPoint(1, 0), button=Qt.MouseButton.RightButton)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    assert seen(view).window == before


def test_a_line_by_hand_is_made_larger_by_its_corners(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "freehand")
    drag(view, QPoint(200, 200), QPoint(400, 200), QPoint(400, 300), QPoint(200, 300), QPoint(200, 205))
    measuring.tool_actions.put_away()
    before = shape_of(the_only(measuring))
    assert before.area_mm2 is not None
    drag(view, QPoint(400, 300), QPoint(450, 350), QPoint(600, 400))
    after = shape_of(the_only(measuring))
    assert len(after.points) == len(before.points)
    assert after.area_mm2 == pytest.approx(4 * before.area_mm2, rel=0.02)


def test_a_line_by_hand_can_be_turned_over_but_never_vanishes(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "freehand")
    drag(view, QPoint(200, 200), QPoint(400, 200), QPoint(400, 300), QPoint(200, 300), QPoint(200, 205))
    measuring.tool_actions.put_away()
    drag(view, QPoint(400, 300), QPoint(300, 250), QPoint(200, 200))
    area = shape_of(the_only(measuring)).area_mm2
    assert area is not None
    assert area > 0


def test_letting_go_over_a_picture_that_waits_for_another_scan_ends_the_shape(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    take(measuring, "freehand")
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, START)
    view.clear()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, END)
    assert shapes(measuring) == ()
    assert measuring.shapes.drawing.draft is None
