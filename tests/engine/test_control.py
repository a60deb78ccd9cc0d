"""Control: what is asked for takes effect at the next safe point, from whatever thread it is asked."""

import threading

import pytest

from engine.control import Control
from engine.errors import Cancelled, Interrupted


def in_thread(work: threading.Thread) -> threading.Thread:
    work.daemon = True
    work.start()
    return work


def test_a_safe_point_lets_work_pass_when_nothing_was_asked() -> None:
    Control().check()


def test_cancel_stops_the_work() -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        control.check()


def test_interrupt_stops_the_work_to_be_resumed() -> None:
    control = Control()
    control.interrupt()
    with pytest.raises(Interrupted):
        control.check()


def test_the_first_stop_that_was_asked_for_counts() -> None:
    control = Control()
    control.cancel()
    control.interrupt()
    with pytest.raises(Cancelled) as caught:
        control.check()
    assert caught.type is Cancelled


def test_paused_work_waits_until_it_is_resumed() -> None:
    control, held, passed = Control(), threading.Event(), threading.Event()
    control.watch(on_pause=held.set, on_continue=passed.set)
    control.pause()

    thread = in_thread(threading.Thread(target=control.check))
    assert held.wait(10)
    assert not passed.is_set()
    control.resume()
    thread.join(10)
    assert passed.is_set()


def test_paused_work_can_be_cancelled() -> None:
    control, held, stopped = Control(), threading.Event(), threading.Event()
    control.watch(on_pause=held.set, on_continue=held.clear)
    control.pause()

    def work() -> None:
        try:
            control.check()
        except Cancelled:
            stopped.set()

    thread = in_thread(threading.Thread(target=work))
    assert held.wait(10)
    control.cancel()
    thread.join(10)
    assert stopped.is_set()


def test_commands_are_taken_while_a_pause_is_being_told() -> None:
    control, went_on = Control(), threading.Event()
    control.pause()

    def tell() -> None:
        other = in_thread(threading.Thread(target=control.resume))
        other.join(10)
        assert not other.is_alive()

    control.watch(on_pause=tell, on_continue=went_on.set)
    control.check()
    assert went_on.is_set()
