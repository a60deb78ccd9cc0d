"""Every command of the view page is in a menu and has its key, and no key means two things."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QScrollArea

from desktop.pages.view import ViewPage
from desktop.pages.view.focus_back import FocusBack
from desktop.window import Window
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging.source import ScanSource
from engine.pictures.presets import HOUNSFIELD
from engine.pictures.window import auto_window
from tests.desktop.viewer.screen import seen
from tests.engine.imaging.dicom.written import write_series

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
ROWS, SLICES = 24, 4


def values() -> np.ndarray:
    """(x, y, z), each slice brighter than the one before."""
    x, y, z = np.indices((ROWS, ROWS, SLICES))
    return (x + y) * 10 * (z + 1)


@pytest.fixture
def page(window: Window, tmp_path: Path, qtbot) -> ViewPage:
    """The page in its window, with a CT and an MR series of one patient, in two frames of reference."""
    scans = []
    for number, (modality, uid) in enumerate((("CT", "1.2.3"), ("MR", "1.2.3"), ("MR", "1.2.4")), 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        written = write_series(folder, values(), np.diag([1.0, 1.0, 2.0, 1.0]), Modality=modality,
                               FrameOfReferenceUID=uid)  # fmt: skip
        source = ScanSource("dicom", tuple(sorted(written)))
        role = f"{modality} {number}"
        scans.append(Scan(number, "P-001", role, source, "dicom", (ROWS, ROWS, SLICES), 1, "", modality=modality))
    window.session.cohort = Cohort((Patient("P-001", "source", {}, {}, tuple(scans)),))
    window.session.cohort_changed.emit()
    window.show_page("view")
    made = window.pages.page
    assert isinstance(made, ViewPage)
    show(qtbot, made, 1)
    return made


def show(qtbot, page: ViewPage, scan: int) -> None:
    page.session.selection.set(patient="P-001", scan=scan)
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))


def of_menus(window: Window) -> list[QAction]:
    """Every command that stands in a menu."""
    found: list[QAction] = []

    def look(menu: QMenu) -> None:
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                look(inner)
            elif not action.isSeparator():
                found.append(action)

    for menu in window.menus.values():
        look(menu)
    return found


def test_every_command_of_the_page_stands_in_a_menu_once(page: ViewPage, window: Window) -> None:
    counts = Counter(of_menus(window))
    for _, actions in page.menu():
        for action in actions:
            assert counts[action] == 1, action.text()
    assert set(page.actions()) <= counts.keys()


def test_no_key_means_two_things(page: ViewPage, window: Window) -> None:
    """In the whole window with this page in front, with what the pictures themselves take."""
    every = {*of_menus(window), *(action for action in window.actions()), *(action for action in page.actions())}
    keys = Counter(shortcut.toString() for action in every for shortcut in action.shortcuts())
    assert [key for key, times in keys.items() if times > 1] == []
    own = {
        QKeySequence(key).toString() for key in ("M", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End")
    }
    own |= {str(number) for number in range(7)}
    assert not own & keys.keys()


def test_keys_of_the_presets_set_them_and_keep_black_and_white_exchanged(page: ViewPage, qtbot) -> None:
    view = page.panes.front.view
    page.commands.invert.trigger()
    for number, preset in enumerate(HOUNSFIELD, 1):
        qtbot.keyClick(view, getattr(Key, f"Key_{number}"), Shift)
        assert seen(page.panes.front).window == replace(preset.window, inverted=True)
        assert page.inspector().window_panel.presets.currentText() == preset.name


def test_only_presets_of_the_scan_in_front_are_offered(page: ViewPage, qtbot) -> None:
    offered = page.commands.windows
    assert [action.text() for action in offered.presets if action.isVisible()] == [one.name for one in HOUNSFIELD]
    show(qtbot, page, 2)
    assert [action.text() for action in offered.presets if action.isVisible()] == ["Soft", "Bright"]


def test_the_window_can_be_that_of_this_slice_alone_or_of_all_values(page: ViewPage, qtbot) -> None:
    view = page.panes.front.view
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_A, Shift)
    assert seen(page.panes.front).window == auto_window(values()[:, :, 0].astype(float))
    qtbot.keyClick(view, Key.Key_0, Shift)
    window = seen(page.panes.front).window
    assert (window.low, window.high) == (0, values().max())


def test_a_preset_stays_with_its_role(page: ViewPage, qtbot) -> None:
    qtbot.keyClick(page.panes.front.view, Key.Key_6, Shift)
    show(qtbot, page, 2)
    assert seen(page.panes.front).window != HOUNSFIELD[5].window
    show(qtbot, page, 1)
    assert seen(page.panes.front).window == HOUNSFIELD[5].window


def test_a_closed_list_and_a_typed_number_give_the_keys_back_to_the_picture(page: ViewPage, window, qtbot) -> None:
    panel, view = page.inspector().window_panel, page.panes.front.view
    for part in (panel.presets, page.panes.front.cine.speed):
        part.setFocus()
        part.showPopup()
        qtbot.keyClick(part.view(), Key.Key_Escape)
        part.hidePopup()
        qtbot.waitUntil(lambda: window.focusWidget() is view)
    panel.level.setFocus()
    qtbot.keyClick(panel.level, Key.Key_Return)
    assert window.focusWidget() is view


def test_scans_in_another_frame_of_reference_say_so_and_do_not_follow(page: ViewPage, qtbot) -> None:
    page.set_side_by_side(True)
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    ct, like, other = page.panes.panes
    qtbot.keyClick(ct.view, Key.Key_Home)
    before = seen(other).index
    qtbot.keyClick(ct.view, Key.Key_End)
    assert seen(like).index == seen(ct).index == SLICES - 1
    assert seen(other).index == before
    assert "Other frame of reference" in other.view.names
    assert "Other frame of reference" not in (*like.view.names, *ct.view.names)
    page.set_side_by_side(False)
    show(qtbot, page, 3)
    assert "Other frame of reference" not in page.panes.front.view.names


def test_the_panel_of_keys_fits_the_smallest_usual_window_and_lists_them_all(page: ViewPage, window, qtbot) -> None:
    window.resize(1280, 800)
    window.commands["help.keys"].trigger()
    panel = window.shortcut_panel
    assert panel.parentWidget().rect().contains(panel.geometry())
    area = panel.findChildren(QScrollArea)[0]
    assert panel.rect().contains(area.geometry())
    assert area.widget().width() <= area.viewport().width()
    told = {label.text() for label in panel.findChildren(QLabel)}
    named = {a.text() for _, actions in page.menu() for a in actions if a.isVisible() and not a.shortcut().isEmpty()}
    assert named <= told
    assert {what for what, _ in page.gestures()} <= told


def test_the_focus_is_given_back_for_parts_of_the_page_alone(page: ViewPage) -> None:
    assert len(page.findChildren(FocusBack)) == 1


def test_the_guide_has_every_key_of_the_page(window: Window, page: ViewPage) -> None:
    guide = Path(__file__).parents[3].joinpath("docs", "viewing.md").read_text("utf-8")
    keys = guide.split("## Keys")[1].split("\n## ")[0]
    told = {key.strip() for line in keys.splitlines() if line.count("|") == 3 for key in re.split(r"[,;|]| or ", line)}
    actions = [action for _, group in page.menu() for action in group]
    wanted = {key.toString() for action in actions for key in action.shortcuts()}
    assert wanted - told == set()
