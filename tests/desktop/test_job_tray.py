import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.job_tray import JobTray


@pytest.fixture
def bridge(qtbot: QtBot):
    made = Bridge()
    yield made
    made.shutdown()


@pytest.fixture
def tray(qtbot: QtBot, bridge: Bridge) -> JobTray:
    made = JobTray(bridge)
    qtbot.addWidget(made)
    return made


def test_the_tray_is_there_only_while_work_goes_on(qtbot: QtBot, bridge: Bridge, tray: JobTray) -> None:
    gate = threading.Event()
    assert tray.isHidden()
    bridge.submit_job("Importing knees", lambda report, control: gate.wait(5))
    assert not tray.isHidden()
    gate.set()
    qtbot.waitUntil(tray.isHidden)


def test_a_row_shows_what_and_how_far(qtbot: QtBot, bridge: Bridge, tray: JobTray) -> None:
    gate = threading.Event()

    def work(report, control) -> None:
        report(12, 33, "Scans")
        gate.wait(5)

    job = bridge.submit_job("Importing knees", work)
    row = tray.rows[job.number]
    qtbot.waitUntil(lambda: row.phase.text() == "Scans, 12 of 33")
    assert row.title.text() == "Importing knees"
    assert row.bar.value() / row.bar.maximum() == pytest.approx(12 / 33, abs=0.01)
    gate.set()
    qtbot.waitUntil(tray.isHidden)


def test_work_is_held_let_go_on_and_cancelled_from_its_row(qtbot: QtBot, bridge: Bridge, tray: JobTray) -> None:
    rounds = iter(range(10**9))
    counted: list[int] = []

    def work(report, control) -> None:
        while True:
            control.check()
            counted[:] = [next(rounds)]

    job = bridge.submit_job("Counting", work)
    row = tray.rows[job.number]
    row.pause.click()
    assert row.state.text() == "paused"
    row.pause.click()
    held = counted[:]
    qtbot.waitUntil(lambda: counted != held)
    row.cancel.click()
    qtbot.waitUntil(tray.isHidden)
    assert job.cancelling
