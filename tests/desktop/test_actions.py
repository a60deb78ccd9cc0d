import re
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import desktop
from desktop.actions import COMMANDS, MENUS, ActionInfo, Actions
from desktop.commands import Commands
from desktop.window import GO, Window


@pytest.mark.parametrize("info", [*COMMANDS, *GO], ids=lambda info: info.key)
def test_every_command_can_be_carried_out_by_key_and_says_what_it_does(info: ActionInfo) -> None:
    assert callable(getattr(Commands, info.handler))
    assert not QKeySequence(info.shortcut).isEmpty()
    assert info.tip


def test_no_two_commands_share_a_key() -> None:
    shortcuts = [info.shortcut for info in (*COMMANDS, *GO)]
    assert sorted(set(shortcuts)) == sorted(shortcuts)


def test_every_command_is_in_a_menu() -> None:
    assert {key for keys in MENUS.values() for key in keys if key} == {info.key for info in COMMANDS}


def test_every_menu_has_a_letter_of_its_own() -> None:
    letters = [name[name.index("&") + 1].casefold() for name in MENUS]
    assert sorted(set(letters)) == sorted(letters)


def test_an_unknown_command_names_the_nearest(window: Window) -> None:
    with pytest.raises(KeyError, match=r"Did you mean 'go\.cohort'"):
        window.commands["go.cohrt"]


def test_hovering_says_what_it_does_and_its_key(window: Window) -> None:
    assert window.commands["look.theme"].toolTip().endswith("(Ctrl+T)")


def test_a_key_of_the_table_can_be_used_once(qtbot: QtBot) -> None:
    class Doer:
        def work(self) -> None: ...

    owner = QWidget()
    qtbot.addWidget(owner)
    info = ActionInfo("a.b", "Work", "Ctrl+K", "play", "Works", "work")
    with pytest.raises(ValueError, match=r"a\.b"):
        Actions(owner, Doer(), (info, info))


def test_every_command_that_a_page_asks_for_exists() -> None:
    known = {info.key for info in (*COMMANDS, *GO)}
    sources = [path.read_text(encoding="utf-8") for path in Path(desktop.__file__).parent.rglob("*.py")]
    asked = {key for source in sources for key in re.findall(r'\bask\("([\w.]+)"\)', source)}
    assert asked - known == set()
    assert "workspace.demo" in asked
