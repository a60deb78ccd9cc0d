from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.pages.start import StartPage
from desktop.pages.start_cards import RecentCard
from desktop.recents import ago, missing
from desktop.session import Session
from desktop.settings import Recent
from desktop.window import Window

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def recent(path: Path) -> Recent:
    return Recent(str(path), path.name, "2026-11-20T10:00:00+00:00", 12, 21)


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Path) -> StartPage:
    session.settings.recent = [recent(workspace), recent(workspace / "moved away")]
    made = StartPage(session)
    qtbot.addWidget(made)
    made.show()
    return made


def cards(page: StartPage) -> list[RecentCard]:
    return [card for card in page.findChildren(RecentCard) if not card.isHidden()]


@pytest.mark.parametrize(("door", "command"), [("open_door", "workspace.open"), ("demo_door", "workspace.demo")])
def test_the_doors_lead_where_they_say_by_mouse_and_by_key(
    qtbot: QtBot, page: StartPage, door: str, command: str
) -> None:
    for knock in (
        lambda: qtbot.mouseClick(getattr(page, door), Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(getattr(page, door), Qt.Key.Key_Return),
    ):
        with qtbot.waitSignal(page.session.asked) as asked:
            knock()
        assert asked.args == [command]


def test_a_recent_workspace_is_opened_by_a_click(qtbot: QtBot, page: StartPage) -> None:
    with qtbot.waitSignal(page.session.workspace_changed):
        qtbot.mouseClick(cards(page)[0], Qt.MouseButton.LeftButton)
    assert page.session.title == "knees-isocenter"


def test_a_missing_workspace_is_greyed_and_can_be_taken_off_the_list(qtbot: QtBot, page: StartPage) -> None:
    page.shown()
    qtbot.waitUntil(lambda: [card.hot for card in cards(page)] == [True, False])
    cards(page)[1].remove.emit()
    assert [entry.title for entry in page.session.settings.recent] == ["knees-isocenter"]
    qtbot.waitUntil(lambda: len(cards(page)) == 1)


def test_the_recipes_come_after_the_window(qtbot: QtBot, window: Window) -> None:
    page = window.pages.page
    assert isinstance(page, StartPage)
    qtbot.waitUntil(lambda: page.recipes.count() > 0)
    assert page.no_recipes.isHidden()


def test_missing_is_what_holds_no_workspace(workspace: Path, tmp_path: Path) -> None:
    assert missing((recent(workspace), recent(tmp_path))) == {str(tmp_path)}


@pytest.mark.parametrize(
    ("opened", "words"),
    [
        ("2026-11-21T08:00:00+00:00", "today"),
        ("2026-11-20T23:00:00+00:00", "yesterday"),
        ("2026-11-16T10:00:00+00:00", "5 days ago"),
        ("2026-03-02T10:00:00+00:00", "2 March 2026"),
        ("not a time", ""),
    ],
)
def test_when_it_was_open_is_said_as_one_says_it(opened: str, words: str) -> None:
    assert ago(opened, NOW) == words


def test_a_workspace_opened_while_the_page_is_away_heads_the_list(
    qtbot: QtBot, session: Session, workspace: Path, tmp_path: Path
) -> None:
    session.settings.recent = [recent(tmp_path)]
    page = StartPage(session)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(workspace)
    qtbot.waitUntil(lambda: len(cards(page)) == 2)
    assert [card.accessibleName() for card in cards(page)] == [f"Open {workspace.name}", f"Open {tmp_path.name}"]
