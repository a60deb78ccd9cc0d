"""How many files are known, and how many of them are done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.imaging.reader import Progress

_EVERY = 250


class Tally:
    """Tells `progress` of both; neither number ever shrinks, and the first never exceeds the second."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = self._total = 0

    def found(self, count: int = 1) -> None:
        """So many more files are known."""
        before, self._total = self._total, self._total + count
        if before // _EVERY != self._total // _EVERY:
            self._progress(self._done, self._total)

    def done(self, count: int = 1) -> None:
        """So many more are done."""
        if count:
            self._reach(self._done + count)

    @contextmanager
    def share(self, count: int) -> Iterator[Callable[[int, int], None]]:
        """The progress of a part of the work, as (done, of how many); `count` files are done when it ends."""
        begun = self._done
        yield lambda done, of: self._reach(begun + count * min(done, of) // max(of, 1))
        self._reach(begun + count)

    def finish(self) -> None:
        """Everything is done."""
        self._reach(self._total)

    def _reach(self, done: int) -> None:
        done = min(done, self._total)
        if done > self._done:
            self._done = done
            self._progress(done, self._total)
