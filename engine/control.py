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

    def check(self, on_pause: Callable[[], None] | None = None) -> bool:
        """A safe point: raise Cancelled or Interrupted if asked; wait while paused, and tell whether it did."""
        with self._condition:
            waited = self._paused and self._stop is None
        if waited and on_pause is not None:
            on_pause()
        with self._condition:
            while self._paused and self._stop is None:
                self._condition.wait()
            if self._stop is not None:
                raise self._stop
            return waited

    def _change(self, *, paused: bool | None = None, stop: type[Cancelled] | None = None) -> None:
        with self._condition:
            if paused is not None:
                self._paused = paused
            if stop is not None and self._stop is None:
                self._stop = stop
            self._condition.notify_all()
