"""A real window, a real workspace, and nothing of the user's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import application
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from tests.desktop.made import make_workspace


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and demo studies of a test go to its own folder."""
    monkeypatch.setenv("ISOCENTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("ISOCENTER_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session with nothing open, in the dark theme."""
    theme.apply(application(), "dark")
    made = Session(Settings())
    yield made
    made.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace of twelve patients."""
    return make_workspace(tmp_path / "knees-isocenter")


@pytest.fixture
def opened(qtbot: QtBot, session: Session, workspace: Path) -> Session:
    """A session with the workspace of twelve patients open."""
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(workspace)
    return session


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Window:
    """The window, shown and active."""
    made = Window(session)
    qtbot.addWidget(made, before_close_func=_ask_nothing)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _ask_nothing(window: Window) -> None:
    """A test that failed in the middle of a run must not wait for an answer when its window is closed."""
    window.before_close.clear()
