from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.window import Window
from engine.compute.device import choose_device
from tests.helpers.cohorts import make_workspace, tiny_recipe, write_source

WAIT = 60_000


def test_the_device_is_named_from_the_first_event_of_a_run_on(
    qtbot: QtBot, session: Session, window: Window, tmp_path: Path
) -> None:
    assert window.status.device.isHidden()
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(make_workspace(tmp_path / "tiny", write_source(tmp_path / "source", 6)))
    session.runs.start(tiny_recipe("training.epochs=1"))
    qtbot.waitUntil(window.status.device.isVisible, timeout=WAIT)
    assert window.status.device.text() == choose_device("cpu").label
    qtbot.waitUntil(lambda: not session.runs.busy, timeout=WAIT)
    assert window.status.device.isVisible()
