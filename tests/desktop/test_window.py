from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.cohort_rows import rows_of
from desktop.pages.found import FoundPage
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from engine.cohort import Workspace
from engine.cohort.edits import ExcludeScans
from engine.errors import ReadError
from tests.desktop.made import make_workspace
from tests.helpers.cohorts import write_source

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


def test_undo_can_be_chosen_only_when_there_is_something_to_undo(qtbot: QtBot, full: Window) -> None:
    undo = full.commands["edit.undo"]
    assert not undo.isEnabled()
    assert full.session.cohort is not None
    with qtbot.waitSignal(full.session.cohort_changed):
        full.session.editing.make(ExcludeScans((full.session.cohort.scans[0].id,), "motion"))
    assert undo.isEnabled()


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


def test_over_a_picture_the_panel_of_keys_tells_the_mouse_too(qtbot: QtBot, full: Window) -> None:
    full.show_page("view")
    full.commands["help.keys"].trigger()
    told = [label.text() for label in full.shortcut_panel.findChildren(QLabel) if label.isVisible()]
    assert "Window and level" in told
    assert "Right drag" in told


def test_putting_a_panel_away_gives_the_keyboard_back(qtbot: QtBot, full: Window) -> None:
    full.cohort_list.search.setFocus()
    qtbot.keyClick(full, ",", CTRL)
    assert full.settings_panel.isVisible()
    qtbot.keyClick(full.settings_panel, Qt.Key.Key_Escape)
    assert not full.settings_panel.isVisible()
    assert full.focusWidget() is full.cohort_list.search


def test_the_settings_open_from_the_rail_and_take_effect_at_once(qtbot: QtBot, full: Window) -> None:
    qtbot.mouseClick(full.rail.settings, Qt.MouseButton.LeftButton)
    light = next(b for b in full.settings_panel.findChildren(QPushButton) if b.text() == "Light")
    light.click()
    assert full.session.settings.theme == theme.current().name == "light"
    bar = next(b for b in full.settings_panel.findChildren(QCheckBox) if b.text() == "Cohort list" and b.isVisible())
    bar.click()
    assert not full.cohort_list.isVisible()


def test_patients_are_shown_by_the_ids_of_their_files_where_one_chooses_so(qtbot: QtBot, full: Window) -> None:
    full.commands["look.settings"].trigger()
    ids = next(b for b in full.settings_panel.findChildren(QPushButton) if b.text() == "Id from the files")
    ids.click()
    assert full.cohort_list.model.index(0).data() == "source-1"
    assert "source" not in full.windowTitle()
    assert Settings.load().patient_names == "id"


def test_who_draws_volumes_is_chosen_in_the_settings_and_kept(qtbot: QtBot, full: Window) -> None:
    full.commands["look.settings"].trigger()
    button = next(b for b in full.settings_panel.findChildren(QPushButton) if b.text() == "Processor")
    with qtbot.waitSignal(full.session.drawer_changed) as told:
        button.click()
    assert told.args == ["processor"]
    assert Settings.load().volumes_by == "processor"


def test_the_settings_say_what_the_machine_computes_with(qtbot: QtBot, window: Window) -> None:
    window.commands["look.settings"].trigger()

    def told() -> str:
        labels = window.settings_panel.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    assert "Looking…" in told()
    qtbot.waitUntil(lambda: "thread" in told(), timeout=60_000)
    assert "NIfTI and NumPy files read back as written" in told()


def test_a_recent_workspace_is_opened_from_the_menu(qtbot: QtBot, full: Window, tmp_path: Path) -> None:
    with qtbot.waitSignal(full.session.workspace_changed):
        full.session.open_workspace(make_workspace(tmp_path / "hips", 3))
    full.recent_menu.aboutToShow.emit()
    (entry,) = full.recent_menu.actions()
    assert entry.text() == "&1  knees-isocenter"
    with qtbot.waitSignal(full.session.workspace_changed):
        entry.trigger()
    assert full.session.title == "knees-isocenter"


def test_without_a_recent_workspace_the_menu_says_so(window: Window) -> None:
    window.recent_menu.aboutToShow.emit()
    (entry,) = window.recent_menu.actions()
    assert not entry.isEnabled()


def test_a_recent_workspace_that_was_moved_says_what_to_do(qtbot: QtBot, full: Window, workspace: Path) -> None:
    full.session.close_workspace()
    workspace.rename(workspace.with_name("elsewhere"))
    full.recent_menu.aboutToShow.emit()
    full.recent_menu.actions()[0].trigger()
    qtbot.waitUntil(full.banner.isVisible)
    assert full.banner.what.text() == f"{workspace}: the workspace is not there any more"
    assert full.banner.hint.text()
    assert full.status.message.text() == ""
    assert full.pages.key == "start"


def test_a_workspace_that_another_program_has_open_says_so(qtbot: QtBot, window: Window, workspace: Path) -> None:
    with Workspace.open(workspace):
        window.session.open_workspace(workspace)
        qtbot.waitUntil(window.banner.isVisible)
    assert "open" in window.banner.what.text()
    assert window.banner.hint.text()
    assert window.session.workspace is None


def test_a_folder_of_scans_is_dropped_imported_and_its_cohort_shown(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    source = write_source(tmp_path / "spines", 5, broken={"0003"})
    drag_over(window, source, let_go=True)
    qtbot.waitUntil(lambda: window.pages.key == "found", timeout=20_000)
    page = window.pages.page
    assert isinstance(page, FoundPage)
    add = page.primary()
    qtbot.waitUntil(add.isEnabled, timeout=20_000)
    with qtbot.waitSignal(window.session.workspace_changed, timeout=20_000):
        add.trigger()
    assert window.pages.key == "cohort"
    assert window.title_bar.caption.text() == "5 patients, 9 scans"
    assert window.session.title == "spines-isocenter"

    def pictured() -> bool:
        known = [window.session.thumbnails.of(row.motif) for row in rows_of(window.session.cohort)]
        return all(one is not None and one.image is not None for one in known)

    qtbot.waitUntil(pictured, timeout=20_000)


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
    assert window.veil.promise == f"Look into “{tmp_path.name}”"


def test_dropping_a_workspace_opens_it(qtbot: QtBot, window: Window, workspace: Path) -> None:
    with qtbot.waitSignal(window.session.workspace_changed):
        drag_over(window, workspace, let_go=True)
    assert window.session.title == "knees-isocenter"


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


def test_the_title_is_never_cut_and_the_commands_say_less_instead(full: Window) -> None:
    full.show_page("view")
    bar = full.title_bar
    for size in ((1920, 1080), (1100, 640), (1920, 1080)):
        full.resize(*size)
        QApplication.processEvents()
        assert full.width() == size[0]
        assert bar.title.shown_text() == "View"
    style = {button.toolButtonStyle() for button in bar.findChildren(QToolButton)}
    assert Qt.ToolButtonStyle.ToolButtonTextUnderIcon in style
