import pytest

from desktop.jobs import Job, in_words
from engine.control import Control
from engine.errors import Cancelled


class Clock:
    """A clock that goes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def job(clock: Clock) -> Job:
    return Job("Importing", Control(), clock=clock)


def test_the_forecast_follows_the_pace(job: Job, clock: Clock) -> None:
    clock.now = 30
    job.report(1, 4)
    assert job.seconds_left() == 90


def test_there_is_no_forecast_before_it_means_something(job: Job, clock: Clock) -> None:
    clock.now = 0.5
    job.report(1, 4)
    assert job.seconds_left() is None
    clock.now = 30
    job.report(1)
    assert job.seconds_left() is None


def test_a_pause_does_not_count_as_work(job: Job, clock: Clock) -> None:
    clock.now = 10
    job.report(1, 2)
    job.toggle_pause()
    clock.now = 500
    assert job.state() == "paused"
    job.toggle_pause()
    assert job.seconds_left() == 10


def test_cancelling_is_told_to_the_work() -> None:
    control = Control()
    job = Job("Importing", control)
    job.cancel()
    assert job.state() == "stopping…"
    with pytest.raises(Cancelled):
        control.check()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (41, "41 s"), (250, "4 min"), (7800, "2 h 10 min"), (3599, "1 h 0 min")]
)
def test_durations_are_said_as_one_says_them(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
