from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from engine.errors import ReadError
from tests.desktop.made import make_workspace

PLACE = QPoint(200, 200)
CTRL = Qt.KeyboardModifier.ControlModifier
BROKEN = ReadError("the file ends after 12 of 24 slices", path=Path("knees/T1.nii"), hint="Copy it again.")


@pytest.fixture
def full(qtbot: QtBot, window: Window, workspace: Path) -> Window:
    """The window with the workspace of twelve patients open."""
    with qtbot.waitSignal(window.session.workspace_changed):
        window.session.open_workspace(workspace)
    return window


def drag_over(window: Window, folder: Path, let_go: bool = False) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(PLACE, *how))
    if let_go:
        QApplication.sendEvent(window, QDropEvent(PLACE.toPointF(), *how))


def test_the_condition_of_use_is_always_on_screen(window: Window) -> None:
    assert window.status.condition.isVisible()
    assert window.status.condition.text() == "Research use only - not for clinical use"


@pytest.mark.parametrize(("key", "page"), [("1", "start"), ("2", "cohort")])
def test_pages_have_keys(qtbot: QtBot, window: Window, key: str, page: str) -> None:
    window.show_page("cohort" if page == "start" else "start")
    qtbot.keyClick(window, key, CTRL)
    assert window.pages.key == page
    assert window.rail.buttons[page].isChecked()


def test_a_click_on_the_rail_shows_the_page_and_its_title(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.rail.buttons["cohort"], Qt.MouseButton.LeftButton)
    assert window.pages.key == "cohort"
    assert window.title_bar.title.text() == "Cohort"


def test_a_page_is_built_once(window: Window) -> None:
    window.show_page("cohort")
    first = window.pages.page
    window.show_page("start")
    window.show_page("cohort")
    assert window.pages.page is first


def test_opening_a_workspace_goes_to_its_cohort(full: Window) -> None:
    assert full.pages.key == "cohort"
    assert full.windowTitle() == "knees-isocenter - Isocenter"
    assert full.cohort_list.foot.text() == "12 patients · 21 scans"


def test_closing_the_workspace_goes_back_to_the_start(qtbot: QtBot, full: Window, workspace: Path) -> None:
    qtbot.keyClick(full, "w", CTRL)
    assert full.pages.key == "start"
    assert full.session.settings.recent[0].path == str(workspace)


def test_one_key_folds_both_side_bars(qtbot: QtBot, full: Window) -> None:
    qtbot.keyClick(full, Qt.Key.Key_F9)
    assert not full.rail.isVisible()
    assert not full.cohort_list.isVisible()
    qtbot.keyClick(full, Qt.Key.Key_F9)
    assert full.rail.isVisible()
    assert full.cohort_list.isVisible()


def test_finding_a_patient_brings_the_list_back(qtbot: QtBot, full: Window) -> None:
    full.session.settings.list_shown = False
    qtbot.keyClick(full, "f", CTRL)
    qtbot.keyClicks(full.cohort_list.search, "P-007")
    assert full.cohort_list.isVisible()
    assert full.cohort_list.model.rowCount() == 1


def test_patients_can_be_stepped_through(qtbot: QtBot, full: Window) -> None:
    qtbot.keyClick(full, Qt.Key.Key_Down, CTRL)
    assert full.session.selection.current.patient == "P-001"
    qtbot.keyClick(full, Qt.Key.Key_Down, CTRL)
    assert full.session.selection.current.patient == "P-002"
    qtbot.keyClick(full, Qt.Key.Key_Up, CTRL)
    assert full.session.selection.current.patient == "P-001"


def test_the_list_follows_the_selection_and_the_selection_the_list(qtbot: QtBot, full: Window) -> None:
    full.session.selection.set(patient="P-003")
    view = full.cohort_list.view
    assert view.currentIndex().data() == "P-003"
    place = view.visualRect(full.cohort_list.model.index(4)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert full.session.selection.current.patient == "P-005"


def test_a_chip_lists_only_its_class(qtbot: QtBot, full: Window) -> None:
    full.cohort_list.chips.buttons["healthy"].click()
    assert full.cohort_list.foot.text() == "4 of 12 patients"


def test_the_keys_are_shown_and_put_away(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, "?")
    assert window.shortcut_panel.isVisible()
    qtbot.keyClick(window.shortcut_panel, Qt.Key.Key_Escape)
    assert not window.shortcut_panel.isVisible()


def test_an_error_says_what_happened_to_which_file_and_what_to_do(qtbot: QtBot, window: Window) -> None:
    window.session.failed.emit(BROKEN)
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.what.text() == f"{Path('knees/T1.nii')}: the file ends after 12 of 24 slices"
    assert window.banner.hint.text() == "Copy it again."
    assert not window.banner.details.isVisible()
    window.banner.details_button.click()
    assert "ReadError" in window.banner.details.toPlainText()
    assert window.banner.details.isVisible()


def test_errors_are_dismissed_one_after_the_other(qtbot: QtBot, window: Window) -> None:
    window.session.failed.emit(BROKEN)
    window.session.failed.emit(ReadError("another"))
    qtbot.waitUntil(window.banner.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.banner.error is BROKEN
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.banner.error is None
    assert window.banner.isHidden()


def test_a_page_that_cannot_be_built_leaves_the_others_alone(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(info, session) -> None:
        raise ImportError("no such module")

    monkeypatch.setattr("desktop.page_area.build", refuse)
    window.show_page("results")
    assert window.title_bar.title.text() == "Results"
    assert window.pages.page is None
    monkeypatch.undo()
    window.show_page("cohort")
    assert window.pages.page is not None


def test_dragging_a_folder_over_the_window_says_what_would_happen(window: Window, tmp_path: Path) -> None:
    drag_over(window, tmp_path)
    assert window.veil.promise == f"Import the scans of “{tmp_path.name}” into a new workspace"


def test_dropping_a_workspace_opens_it(qtbot: QtBot, window: Window, workspace: Path) -> None:
    with qtbot.waitSignal(window.session.workspace_changed):
        drag_over(window, workspace, let_go=True)
    assert window.session.title == "knees-isocenter"


def test_dropping_another_folder_offers_to_import_it(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    scans = tmp_path / "knees"
    scans.mkdir()
    drag_over(window, scans, let_go=True)
    qtbot.waitUntil(window.import_offer.isVisible)
    assert window.import_offer.workspace.text() == str(tmp_path / "knees-isocenter")


def test_a_window_that_may_not_close_stays_open(window: Window) -> None:
    window.before_close.append(lambda: False)
    event = QCloseEvent()
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()
    window.before_close.clear()


def test_what_was_folded_and_how_large_it_was_is_remembered(qtbot: QtBot, window: Window) -> None:
    window.resize(1111, 777)
    window.commands["look.bars"].trigger()
    window.close()
    again = Session(Settings.load())
    second = Window(again)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (1111, 777)
    assert not again.settings.rail_shown


@pytest.mark.parametrize("size", [(1280, 800), (2560, 1440)])
def test_everything_fits_in_the_sizes_it_is_made_for(qtbot: QtBot, full: Window, size: tuple[int, int]) -> None:
    full.resize(*size)
    for key in ("start", "cohort"):
        full.show_page(key)
        hint = full.minimumSizeHint()
        assert hint.width() <= size[0]
        assert hint.height() <= size[1]


def test_a_workspace_that_cannot_be_opened_leaves_the_present_one_open(
    qtbot: QtBot, full: Window, tmp_path: Path
) -> None:
    with qtbot.waitSignal(full.session.failed):
        full.session.open_workspace(tmp_path / "nowhere")
    assert full.session.title == "knees-isocenter"


def test_one_workspace_takes_the_place_of_another(qtbot: QtBot, full: Window, tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "hips", 3)
    full.session.selection.set(patient="P-012")
    with qtbot.waitSignal(full.session.workspace_changed):
        full.session.open_workspace(other)
    assert full.session.selection.current.patient is None
    assert full.cohort_list.model.rowCount() == 3
