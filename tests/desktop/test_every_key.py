"""Keys, over all pages: each is told of by the panel of keys, and none means two things on one page."""

from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.pages import PAGES
from desktop.pages.page import Page
from desktop.window import Window
from tests.helpers.cohorts import make_workspace, write_source

KEYS = [page.key for page in PAGES]


@pytest.fixture
def at_work(qtbot: QtBot, window: Window, tmp_path: Path) -> Window:
    """The window with a small workspace open, so that every page has something to show."""
    study = make_workspace(tmp_path / "study", write_source(tmp_path / "source"))
    with qtbot.waitSignal(window.session.workspace_changed):
        window.session.open_workspace(study)
    return window


def page_of(window: Window, key: str) -> Page:
    window.show_page(key)
    page = window.pages.page
    assert page is not None, f"the page {key} could not be built"
    return page


def offered(page: Page) -> list[QAction]:
    return [action for _, actions in page.menu() for action in actions]


def spelled(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.PortableText)


def meanings(window: Window, page: Page) -> dict[str, list[str]]:
    """What each key does while the page is in front, as far as keys are the window's or the page's own."""
    found: dict[str, list[str]] = defaultdict(list)
    for action in {*window.commands.all(), *offered(page), *page.actions()}:
        for key in action.shortcuts():
            found[spelled(key)].append(action.text())
    for shortcut in page.findChildren(QShortcut):
        found[spelled(shortcut.key())].append("a shortcut of the page")
    for button in page.findChildren(QAbstractButton):
        if not button.shortcut().isEmpty():
            found[spelled(button.shortcut())].append(f"the button {button.text()}")
    return found


@pytest.mark.parametrize("key", KEYS)
def test_no_key_means_two_things_on_a_page(at_work: Window, key: str) -> None:
    twice = {key: what for key, what in meanings(at_work, page_of(at_work, key)).items() if len(what) > 1}
    assert not twice


@pytest.mark.parametrize("key", KEYS)
def test_every_command_of_a_page_with_a_key_is_in_its_menu(at_work: Window, key: str) -> None:
    page = page_of(at_work, key)
    told = {action.text() for action in offered(page)}
    own = [*page.actions(), *page.findChildren(QAction)]
    assert not {action.text() for action in own if not action.shortcut().isEmpty()} - told


@pytest.mark.parametrize("key", KEYS)
def test_the_panel_of_keys_tells_every_key_of_the_page(at_work: Window, key: str) -> None:
    page = page_of(at_work, key)
    at_work.commands["help.keys"].trigger()
    told = {label.text() for label in at_work.shortcut_panel.findChildren(QLabel)}
    shown = [action for action in offered(page) if action.isVisible() and not action.shortcut().isEmpty()]
    assert {action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) for action in shown} <= told


def test_the_pages_have_the_numbers_of_the_rail(at_work: Window) -> None:
    assert list(at_work.rail.buttons) == KEYS
    for number, key in enumerate(KEYS, 1):
        action = at_work.commands[f"go.{key}"]
        assert spelled(action.shortcut()) == f"Ctrl+{number}"
        assert f"Ctrl+{number}" in at_work.rail.buttons[key].toolTip()
