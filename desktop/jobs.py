"""Long work as the tray shows it: what it is, how far it is, and how to hold or end it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Protocol

Clock = Callable[[], float]
SURE_AFTER = 2.0
_numbers = count(1)


class Steering(Protocol):
    """What work can be told: `engine.control.Control`, or the handle of a run."""

    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def cancel(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far work is; `total` 0 means nobody knows."""

    done: int = 0
    total: int = 0
    phase: str = ""

    @property
    def fraction(self) -> float | None:
        return min(1.0, self.done / self.total) if self.total else None


class Job:
    """One row of the tray. `report` may be called from any thread, at any rate: the tray looks when it draws."""

    def __init__(self, title: str, steering: Steering, pausable: bool = True, clock: Clock = time.monotonic) -> None:
        self.number = next(_numbers)
        self.title = title
        self.pausable = pausable
        self.paused = False
        self.cancelling = False
        self.progress = Progress()
        self._steering = steering
        self._clock = clock
        self._worked = 0.0
        self._since = clock()

    def report(self, done: int, total: int = 0, phase: str = "") -> None:
        """Say how far the work is."""
        self.progress = Progress(done, total, phase)

    def toggle_pause(self) -> None:
        if self.paused:
            self._steering.resume()
            self._since = self._clock()
        else:
            self._steering.pause()
            self._worked = self.seconds_worked()
        self.paused = not self.paused

    def cancel(self) -> None:
        self.cancelling = True
        self._steering.cancel()

    def seconds_worked(self) -> float:
        """Time under way, pauses left out."""
        return self._worked if self.paused else self._worked + self._clock() - self._since

    def seconds_left(self) -> float | None:
        """A forecast from the pace so far, or None while it would be a guess."""
        fraction, worked = self.progress.fraction, self.seconds_worked()
        if not fraction or worked < SURE_AFTER:
            return None
        return worked * (1 - fraction) / fraction

    def state(self) -> str:
        """What the row says beside the bar."""
        if self.cancelling:
            return "stopping…"
        if self.paused:
            return "paused"
        left = self.seconds_left()
        return "" if left is None else f"{in_words(left)} left"


def in_words(seconds: float) -> str:
    """A duration as one says it: "40 s", "4 min", "2 h 10 min"."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
