from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.layers.layer_row import LayerRow
from desktop.layers.look_editor import LookEditor
from desktop.layers.panel import LayersPanel
from desktop.layers.wish import FileWish, MapWish, ScanWish, Wish
from desktop.pages.view.layering import Layering
from engine.imaging.writer import write_nifti
from engine.pictures.layer import Layer
from tests.desktop.layers.conftest import mask, shown_layers
from tests.desktop.viewer.screen import pixels

LEFT = Qt.MouseButton.LeftButton
SPECT, T2 = ScanWish("spect"), MapWish("time")


def shown_rows(panel: LayersPanel) -> list[str]:
    """The names of the rows from top to bottom, as they really stand."""
    rows = sorted(panel.findChildren(LayerRow), key=lambda row: row.mapTo(panel, QPoint()).y())
    return [row.name.text() for row in rows if row.isVisible()]


def editor_of(panel: LayersPanel, wish: Wish) -> LookEditor:
    """What is under the name of an unfolded row."""
    editor = panel.rows[wish].editor
    assert editor is not None
    return editor


def layer_of(layering: Layering, wish: Wish) -> Layer:
    entry = layering.front.entry(wish.key)
    assert entry is not None
    assert entry.layer is not None
    return entry.layer


@pytest.fixture
def two(page, layering, look_at, laid) -> LayersPanel:
    """The panel with the spect scan and, on top of it, the T2 map."""
    look_at(patient="P-001", scan=10)
    layering.add(SPECT)
    layering.add(T2)
    laid(2)
    return layering.panel


def test_without_layers_there_is_a_line_and_the_button(layering, look_at) -> None:
    look_at(patient="P-001", scan=10)
    assert layering.panel.empty.isVisible()
    assert layering.panel.add.isVisible()
    assert shown_rows(layering.panel) == []


def test_the_menu_offers_what_there_is_and_says_why_something_cannot_be(layering, look_at) -> None:
    look_at(patient="P-001", scan=11)
    layering.menu.fill()
    offered = {action.text(): action for action in layering.panel.menu.actions() if action.text()}
    assert list(offered) == [
        "T2 scan",
        "T1 or T2 map of this scan",
        "R1 or R2 map of this scan",
        "M0 map of this scan",
        "Goodness of fit R² of this scan",
        "From a file…",
    ]
    assert offered["T2 scan"].isEnabled()
    assert not offered["M0 map of this scan"].isEnabled()
    assert "no echo, repetition or inversion times" in offered["M0 map of this scan"].toolTip()
    assert not layering.commands.map.isEnabled()


def test_choosing_from_the_menu_lays_it_over_and_gives_the_keyboard_to_the_picture(
    page, layering, look_at, laid
) -> None:
    look_at(patient="P-001", scan=10)
    page.activateWindow()
    layering.ask()
    menu = layering.panel.menu
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert laid(1).entries[0].wish == SPECT
    assert page.focusWidget() is page.panes.front.view


def test_the_layer_on_top_is_the_first_row_and_unfolded(two: LayersPanel) -> None:
    assert shown_rows(two) == ["T2 (ms)", "spect"]
    assert editor_of(two, T2).isVisible()
    assert two.rows[SPECT].editor is None


def test_a_click_on_a_name_unfolds_it_and_another_folds_it(two: LayersPanel, qtbot) -> None:
    qtbot.mouseClick(two.rows[SPECT].name, LEFT)
    assert [editor_of(two, wish).isVisible() for wish in (T2, SPECT)] == [False, True]
    qtbot.mouseClick(two.rows[SPECT].name, LEFT)
    assert not editor_of(two, SPECT).isVisible()


def test_the_eye_hides_one_layer_and_shows_it_again(two: LayersPanel, page, qtbot) -> None:
    qtbot.mouseClick(two.rows[T2].eye, LEFT)
    assert [layer.name for layer in shown_layers(page)] == ["spect"]
    qtbot.mouseClick(two.rows[T2].eye, LEFT)
    assert [layer.name for layer in shown_layers(page)] == ["spect", "T2"]


def test_an_eye_shows_its_layer_even_where_all_were_hidden(two: LayersPanel, page, layering, qtbot) -> None:
    qtbot.mouseClick(two.rows[T2].eye, LEFT)
    layering.commands.shown.trigger()
    assert shown_layers(page) == ()
    assert two.hidden.isVisible()
    qtbot.mouseClick(two.rows[T2].eye, LEFT)
    assert len(shown_layers(page)) == 2
    assert layering.commands.shown.isChecked()
    assert not two.hidden.isVisible()


def test_rows_move_and_the_layers_with_them(two: LayersPanel, page, qtbot) -> None:
    assert not two.rows[T2].up.isEnabled()
    qtbot.mouseClick(two.rows[T2].down, LEFT)
    qtbot.waitUntil(lambda: shown_rows(two) == ["spect", "T2 (ms)"])
    assert [layer.name for layer in shown_layers(page)] == ["T2", "spect"]


def test_a_row_is_taken_away_with_its_layer(two: LayersPanel, page, qtbot) -> None:
    qtbot.mouseClick(two.rows[T2].remove, LEFT)
    assert shown_rows(two) == ["spect"]
    assert [layer.name for layer in shown_layers(page)] == ["spect"]


def test_a_click_on_the_opacity_changes_the_picture(two: LayersPanel, page, layering, qtbot) -> None:
    track = editor_of(two, T2).opacity
    before = pixels(page.panes.front.view)
    qtbot.mouseClick(track, LEFT, pos=QPoint(8, track.height() // 2))
    assert layer_of(layering, T2).overlay.opacity == 0
    assert editor_of(two, T2).percent.text() == "0 %"
    assert not np.array_equal(pixels(page.panes.front.view), before)


def test_the_arrow_keys_change_the_opacity(two: LayersPanel, layering, qtbot) -> None:
    track = editor_of(two, T2).opacity
    qtbot.keyClick(track, Qt.Key.Key_Left)
    assert layer_of(layering, T2).overlay.opacity == pytest.approx(0.69)


def test_a_typed_range_is_taken_and_one_that_ends_before_it_begins_is_not(two: LayersPanel, layering, qtbot) -> None:
    editor = editor_of(two, T2)
    editor.high.selectAll()
    qtbot.keyClicks(editor.high, "90")
    qtbot.keyClick(editor.high, Qt.Key.Key_Return)
    assert layer_of(layering, T2).overlay.high == 90
    editor.low.selectAll()
    qtbot.keyClicks(editor.low, "95")
    qtbot.keyClick(editor.low, Qt.Key.Key_Return)
    assert layer_of(layering, T2).overlay.low < 90


def test_colours_are_chosen_by_keyboard(two: LayersPanel, layering, qtbot) -> None:
    editor = editor_of(two, T2)
    assert editor.colours.currentData() == "viridis"
    qtbot.keyClick(editor.colours, Qt.Key.Key_Down)
    assert layer_of(layering, T2).overlay.colour_map == editor.colours.currentData() == "inferno"


def test_of_a_mask_only_the_rims_can_be_drawn(page, layering, look_at, laid, qtbot, tmp_path: Path) -> None:
    write_nifti(mask(), tmp_path / "mask.nii")
    look_at(patient="P-001", scan=10)
    layering.add_file(tmp_path / "mask.nii")
    laid(1)
    editor = editor_of(layering.panel, FileWish(tmp_path / "mask.nii", 10))
    assert not editor.colours.isVisible()
    before = pixels(page.panes.front.view)
    qtbot.mouseClick(editor.outline, LEFT, pos=QPoint(8, editor.outline.height() // 2))
    assert editor.outline.isChecked()
    assert not np.array_equal(pixels(page.panes.front.view), before)


def test_space_on_a_button_presses_it_and_hides_nothing(two: LayersPanel, page, layering, qtbot) -> None:
    page.inspector().addActions(layering.actions())
    page.inspector().activateWindow()
    qtbot.waitUntil(page.inspector().isActiveWindow)
    eye = two.rows[T2].eye
    eye.setFocus()
    qtbot.keyClick(eye, Qt.Key.Key_Space)
    assert layering.commands.shown.isChecked()
    assert [layer.name for layer in shown_layers(page)] == ["spect"]


def test_the_colours_of_the_layer_on_top_are_explained_in_the_picture(two: LayersPanel, page, layering) -> None:
    view = page.panes.front.view
    with_bar = pixels(view)
    layering.bar.paint = lambda painter, view: None
    view.update()
    without = pixels(view)
    columns = np.nonzero((with_bar != without).any(axis=(0, 2)))[0]
    assert columns.size
    assert columns.min() > view.width() / 2
