"""One user, one sitting: the demo study, every page, a run begun and cancelled, all with the mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.pages import PAGES
from desktop.pages.results import ResultsPage
from desktop.pages.start import StartPage
from desktop.pages.train import TrainPage
from desktop.window import Window
from engine.runs import RunState

WAIT = 60_000


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled(), timeout=WAIT)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.timeout(240)
def test_from_the_demo_door_to_a_cancelled_run(qtbot: QtBot, window: Window) -> None:
    session, start = window.session, window.pages.page
    assert isinstance(start, StartPage)
    with qtbot.waitSignal(session.workspace_changed, timeout=WAIT):
        click(qtbot, start.demo_door)
    assert session.cohort is not None
    assert len(session.cohort.patients) == 33

    session.selection.set(patient="P-001")
    assert not window.rail.buttons["found"].isVisible()
    for page in PAGES:
        if page.key != "found":
            click(qtbot, window.rail.buttons[page.key])
            assert window.pages.key == page.key

    click(qtbot, window.rail.buttons["train"])
    train = window.pages.page
    assert isinstance(train, TrainPage)
    click(qtbot, train.go.start)
    panel = train.run_panel
    qtbot.waitUntil(lambda: panel.watch is not None and panel.watch.progress.epochs_done > 1, timeout=WAIT)
    assert len(panel.loss.plot.lines["mean"].getData()[0]) > 0
    with qtbot.waitSignal(session.runs.ended, timeout=WAIT):
        click(qtbot, train.go.cancel)

    click(qtbot, window.rail.buttons["results"])
    assert isinstance(window.pages.page, ResultsPage)
    qtbot.waitUntil(lambda: [entry.state for entry in session.runs.entries] == [RunState.CANCELLED], timeout=WAIT)
