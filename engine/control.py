"""Pause, resume, cancel and interrupt, taken up by the work at its safe points."""

import threading
from collections.abc import Callable

from engine.errors import Cancelled, Interrupted


class Control:
    """Shared between the one who asks and the work that calls `check` wherever it may stop."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._paused = False
        self._stop: type[Cancelled] | None = None
        self._on_pause: Callable[[], None] = _nothing
        self._on_continue: Callable[[], None] = _nothing

    def watch(self, on_pause: Callable[[], None], on_continue: Callable[[], None]) -> None:
        """Have it told, by the work itself, when it begins to wait and when it goes on."""
        self._on_pause, self._on_continue = on_pause, on_continue

    @property
    def paused(self) -> bool:
        """Whether the work waits, or will at its next safe point."""
        with self._condition:
            return self._paused

    def pause(self) -> None:
        """Hold the work at its next safe point."""
        self._change(paused=True)

    def resume(self) -> None:
        """Let held work go on."""
        self._change(paused=False)

    def cancel(self) -> None:
        """Stop at the next safe point, for good."""
        self._change(stop=Cancelled)

    def interrupt(self) -> None:
        """Stop at the next safe point, to be resumed another time."""
        self._change(stop=Interrupted)

    def check(self) -> None:
        """A safe point: wait while paused; raise Cancelled or Interrupted if asked."""
        with self._condition:
            waits = self._paused and self._stop is None
        if waits:
            self._on_pause()
        with self._condition:
            while self._paused and self._stop is None:
                self._condition.wait()
            if self._stop is not None:
                raise self._stop
        if waits:
            self._on_continue()

    def _change(self, *, paused: bool | None = None, stop: type[Cancelled] | None = None) -> None:
        with self._condition:
            if paused is not None:
                self._paused = paused
            if stop is not None and self._stop is None:
                self._stop = stop
            self._condition.notify_all()


def _nothing() -> None:
    """Nobody watches."""
