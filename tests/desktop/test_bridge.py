import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge, readable
from engine.errors import IsocenterError, ReadError


@pytest.fixture
def bridge(qtbot: QtBot):
    made = Bridge()
    yield made
    made.shutdown()


def test_work_is_done_elsewhere_and_answered_on_the_gui_thread(qtbot: QtBot, bridge: Bridge) -> None:
    threads: list[threading.Thread] = []
    bridge.submit(threading.current_thread, lambda at: threads.extend((at, threading.current_thread())))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_nothing_is_answered_to_an_owner_that_is_gone(qtbot: QtBot, bridge: Bridge) -> None:
    answers: list[str] = []
    owner, gate = QObject(), threading.Event()
    bridge.submit(gate.wait, lambda _: answers.append("to the dead"), owner=owner)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed).wait()
    gate.set()
    bridge.submit(lambda: None, lambda _: answers.append("to the living"))
    qtbot.waitUntil(lambda: "to the living" in answers)
    assert bridge.settle(5)
    qtbot.wait(1)
    assert answers == ["to the living"]


def test_a_readable_error_reaches_the_one_who_asked(qtbot: QtBot, bridge: Bridge) -> None:
    errors: list[IsocenterError] = []

    def work() -> None:
        raise ReadError("it ends too early", path="scan.nii")

    bridge.submit(work, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "scan.nii: it ends too early"


def test_an_unexpected_error_is_announced_with_its_cause(qtbot: QtBot, bridge: Bridge) -> None:
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.submit(lambda: 1 / 0)
    error = failed.args[0]
    assert isinstance(error, IsocenterError)
    assert isinstance(error.__cause__, ZeroDivisionError)
    assert error.hint


def test_a_readable_error_stays_itself() -> None:
    error = ReadError("broken")
    assert readable(error) is error


def test_a_job_comes_and_goes_and_reports_how_far_it_is(qtbot: QtBot, bridge: Bridge) -> None:
    gate = threading.Event()

    def work(report, control) -> str:
        report(3, 10, "Scans")
        gate.wait(5)
        return "done"

    answers: list[str] = []
    job = bridge.submit_job("Importing", work, answers.append)
    qtbot.waitUntil(lambda: job.progress.done == 3)
    assert bridge.jobs == [job]
    with qtbot.waitSignal(bridge.job_ended):
        gate.set()
    qtbot.waitUntil(lambda: answers == ["done"])
    assert bridge.jobs == []


def test_a_cancelled_job_ends_without_an_error(qtbot: QtBot, bridge: Bridge) -> None:
    def work(report, control) -> None:
        while True:
            control.check()

    job = bridge.submit_job("For ever", work)
    with qtbot.assertNotEmitted(bridge.failed), qtbot.waitSignal(bridge.job_ended):
        job.cancel()


def test_shutting_down_cancels_jobs_and_does_not_wait_for_ever(qtbot: QtBot) -> None:
    bridge = Bridge()

    def work(report, control) -> None:
        while True:
            control.check()

    bridge.submit_job("For ever", work)
    assert bridge.shutdown(5)
