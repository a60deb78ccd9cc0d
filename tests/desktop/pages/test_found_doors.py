"""A folder in which workspaces lie: these are offered before any scan is looked for."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.found import FoundPage
from desktop.window import Window
from desktop.workspaces_inside import workspaces_in
from tests.desktop.made import make_workspace
from tests.desktop.pages.test_found import drop
from tests.helpers.cohorts import write_source


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Scans, and a workspace beside them."""
    write_source(tmp_path / "study" / "scans", 2)
    make_workspace(tmp_path / "study" / "workspace", 3)
    return tmp_path / "study"


def doors(qtbot: QtBot, window: Window, folder: Path) -> dict[str, QPushButton]:
    """Drop a folder; the buttons that are offered then, by their words."""
    drop(window, folder)
    qtbot.waitUntil(lambda: window.session.intake.held is not None and window.pages.key == "found", timeout=20_000)
    page = found_page(window)
    return {button.text(): button for button in page.findChildren(QPushButton) if button.isVisible()}


def found_page(window: Window) -> FoundPage:
    page = window.pages.page
    assert isinstance(page, FoundPage)
    return page


def test_a_workspace_in_the_folder_is_offered_first(qtbot: QtBot, window: Window, study: Path) -> None:
    offered = doors(qtbot, window, study)
    said = [label.text() for label in window.pages.findChildren(QLabel) if label.isVisible()]
    assert "“study” holds a workspace" in said
    assert not found_page(window).primary().isEnabled()
    with qtbot.waitSignal(window.session.workspace_changed, timeout=20_000):
        offered["Open workspace"].click()
    assert window.pages.key == "cohort"
    assert window.session.title == "study"
    assert window.session.intake.held is None


def test_one_can_look_for_scans_instead(qtbot: QtBot, window: Window, study: Path) -> None:
    offered = doors(qtbot, window, study)
    offered["Look for scans instead"].click()
    qtbot.waitUntil(lambda: window.session.intake.found is not None, timeout=20_000)
    page = found_page(window)
    qtbot.waitUntil(lambda: len(page.listing.rows) == 4, timeout=20_000)
    assert window.title_bar.title.text() == "What was found in study"


def test_of_several_workspaces_each_has_a_door(qtbot: QtBot, window: Window, study: Path) -> None:
    make_workspace(study / "older" / "first", 2)
    offered = doors(qtbot, window, study)
    assert {"Open workspace", str(Path("Open older", "first"))} <= offered.keys()


def test_discarding_goes_back(qtbot: QtBot, window: Window, study: Path) -> None:
    doors(qtbot, window, study)
    found_page(window).discard()
    assert window.pages.key == "start"
    assert not window.rail.buttons["found"].isVisible()


def test_a_workspace_that_is_open_already_is_gone_to(qtbot: QtBot, window: Window, study: Path) -> None:
    with qtbot.waitSignal(window.session.workspace_changed, timeout=20_000):
        window.session.open_workspace(study / "workspace")
    doors(qtbot, window, study)["Open workspace"].click()
    qtbot.waitUntil(lambda: window.pages.key == "cohort")


def test_workspaces_are_found_two_folders_deep_and_no_deeper(tmp_path: Path) -> None:
    made = [tmp_path / "a", tmp_path / "b" / "c", tmp_path / "b" / "d" / "e", tmp_path / ".hidden"]
    for folder in made:
        folder.mkdir(parents=True)
        (folder / "workspace.db").touch()
    assert workspaces_in([tmp_path]) == (made[0], made[1])
