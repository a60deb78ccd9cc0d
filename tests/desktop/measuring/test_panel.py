import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.measuring.panel import EMPTY
from desktop.pages.view.measuring import Measuring
from tests.desktop.measuring.conftest import TIMES, Opened, ball, look_at
from tests.desktop.measuring.hand import drag, shapes, take, the_only, view_of
from tests.desktop.viewer.screen import seen, turn


def draw(measuring: Measuring, kind: str, row: int = 300) -> None:
    take(measuring, kind)
    drag(view_of(measuring), QPoint(300, row), QPoint(350, row + 30), QPoint(400, row + 60))
    measuring.tool_actions.put_away()


def rows(measuring: Measuring) -> list[tuple[str, str]]:
    measuring.overview.refresh()
    tree = measuring.overview.panel.list
    items = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items if item is not None]


def test_with_nothing_drawn_the_section_teaches(show: Opened) -> None:
    measuring = show(ball())
    panel = measuring.overview.panel
    assert not panel.empty.isHidden()
    assert panel.empty.text() == EMPTY
    assert panel.list.isHidden()
    assert panel.export.isHidden()


def test_shapes_are_listed_with_name_and_figure(show: Opened, qtbot) -> None:
    measuring = show(ball())
    draw(measuring, "distance", 150)
    draw(measuring, "rectangle")
    qtbot.waitUntil(lambda: "±" in rows(measuring)[1][1])
    (name, length), (other, mean) = rows(measuring)
    first = shapes(measuring)[0].shape
    assert (name, other) == ("Distance 1", "Rectangle 1")
    assert length == f"{first.length_mm:.2f} mm"  # type: ignore[union-attr]
    assert float(mean.split(" ± ")[0]) > 500


def test_a_click_in_the_list_goes_to_the_slice_and_selects(show: Opened, qtbot) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    draw(measuring, "ellipse")
    measuring.board.select(None)
    there = seen(view).index
    turn(view, 4)
    tree = measuring.overview.panel.list
    assert len(rows(measuring)) == 1
    place = tree.visualRect(tree.model().index(0, 0)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert seen(view).index == there
    assert measuring.board.chosen == the_only(measuring)


def test_a_name_is_changed_in_the_list(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring, "distance")
    rows(measuring)
    item = measuring.overview.panel.list.topLevelItem(0)
    assert item is not None
    item.setText(0, "Disc")
    assert the_only(measuring).name == "Disc"
    measuring.page.session.edits.undo()
    assert rows(measuring)[0][0] == "Distance 1"


def test_the_selected_area_tells_figures_spread_and_course(show: Opened, qtbot) -> None:
    measuring = show(ball(frames=4))
    draw(measuring, "rectangle")
    region = measuring.overview.panel.region
    qtbot.waitUntil(lambda: region.course.course is not None and region.figures["Mean"].text() != "…")
    course = region.course.course
    assert course is not None
    assert course.curve.positions == TIMES
    assert course.curve.values[1] == pytest.approx(course.curve.values[0] / 2, rel=1e-3)
    assert course.curve.fit is not None
    assert course.curve.fit.told.startswith("T2 36")
    assert sum(region.histogram.histogram.counts) == int(region.figures["Voxels"].text())
    measuring.board.select(None)
    qtbot.waitUntil(region.isHidden)


def test_another_frame_has_other_figures(show: Opened, qtbot) -> None:
    measuring = show(ball(frames=4))
    draw(measuring, "rectangle")
    mean = measuring.overview.panel.region.figures["Mean"]
    qtbot.waitUntil(lambda: mean.text() not in ("", "…"))
    before = float(mean.text())
    measuring.page.become(seen(view_of(measuring)).at_frame(seen(view_of(measuring)).frame + 1))
    qtbot.waitUntil(lambda: float(mean.text()) == pytest.approx(before / 2, rel=0.01))


def test_another_patient_has_other_shapes(show: Opened, qtbot) -> None:
    measuring = show(ball(), ball("RAS"))
    draw(measuring, "distance")
    look_at(qtbot, measuring, "P-002")
    assert rows(measuring) == []
    assert not measuring.overview.panel.empty.isHidden()
    look_at(qtbot, measuring, "P-001")
    assert [name for name, _ in rows(measuring)] == ["Distance 1"]


def test_in_a_tall_window_there_are_no_gaps_between_the_parts(show: Opened, qtbot) -> None:
    measuring = show(ball())
    panel, inspector = measuring.overview.panel, measuring.page.inspector()
    inspector.setParent(None)
    qtbot.addWidget(inspector)
    inspector.resize(280, 1400)
    with qtbot.waitExposed(inspector):
        inspector.show()
    draw(measuring, "distance")
    qtbot.waitUntil(panel.list.isVisible)
    panel.doubt.setText("The size of its pixels is not certain: sizes are in pixels. Do not trust distances.")
    panel.doubt.show()
    qtbot.waitUntil(lambda: panel.doubt.height() > panel.fontMetrics().height())
    qtbot.wait(1)
    assert panel.doubt.height() == panel.doubt.heightForWidth(panel.doubt.width())
    assert panel.height() == panel.heightForWidth(panel.width())
