"""The headers of many files, read in several processes where that pays, told in the order of the files."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import Path

import psutil

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.no_picture import NoPictureError
from engine.imaging.dicom.records import Slice
from engine.imaging.dicom.survey_worker import Worker, start
from engine.imaging.reader import Progress
from engine.imaging.unreadable import Unreadable

Head = list[Slice] | Unreadable
MANY = 5000  # below it, processes take longer to begin than to do the work
_BATCH, _BITE = 256, 32
_MOST_WORKERS = 4
_MOST_DEATHS = 20
_TELL_EVERY = 0.05
_WAIT = 0.1
_KILLED = "reading its header ended the process that read it"


def scan_heads(paths: Sequence[Path], control: Control, progress: Progress) -> Iterator[Head]:
    """What each file holds, in the order of `paths`; other processes help with MANY files or more.

    Raises nothing but Cancelled. `progress` is told now and then, and at the end, how many of how many are done.
    """
    told = time.monotonic()
    heads = heads_alone(paths, control) if len(paths) < MANY else Pool(paths, control).heads()
    for done, head in enumerate(heads, start=1):
        yield head
        if done == len(paths) or time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            progress(done, len(paths))


def head_of(path: Path) -> Head:
    """The pictures of a file, or why there are none."""
    try:
        return slices_of(path)
    except ReadError as failure:
        return Unreadable(path, failure.what, failure.hint, foreign=isinstance(failure, NoPictureError))


def heads_alone(paths: Sequence[Path], control: Control) -> Iterator[Head]:
    """Of several files, read in this process."""
    for path in paths:
        control.check()
        yield head_of(path)


def worker_count() -> int:
    """How many processes read: as many as there are cores for this one, within reason."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else psutil.cpu_count() or 1
    return max(1, min(cores, _MOST_WORKERS))


class Pool:
    """Batches of files on their way through workers; a batch is known by the index of its first file.

    This process reads too, unless it is not to read `here`; without workers it reads all, but no file of which a
    worker may have died.
    """

    def __init__(
        self, paths: Sequence[Path], control: Control, read: Callable[[Path], Head] = head_of, *, here: bool = True
    ) -> None:
        self._paths, self._control, self._read, self._here = paths, control, read, here
        self._waiting = deque(range(0, len(paths), _BATCH))
        self._sizes = dict.fromkeys(self._waiting, _BATCH)
        self._suspects: deque[int] = deque()
        self._done: dict[int, list[Head]] = {}
        self._workers: list[Worker] = []
        self._deaths = 0

    def heads(self) -> Iterator[Head]:
        """Every file's, in their order."""
        try:
            self._hire(worker_count() - 1 if self._here else worker_count())
            position = 0
            while position < len(self._paths):
                self._control.check()
                while position not in self._done:
                    self._control.check()
                    self._step()
                batch = self._done.pop(position)
                position += len(batch)
                yield from batch
        finally:
            for worker in self._workers:
                worker.stop()

    def _hire(self, count: int) -> None:
        workers = (start(self._read) for _ in range(count))
        self._workers += [worker for worker in workers if worker is not None]

    def _step(self) -> None:
        """Take in what workers have done, give them more, and read a few files here."""
        reads = bool(self._waiting) and (self._here or not self._workers)
        for worker in self._heard(0.0 if reads else _WAIT):
            self._hear(worker)
        for worker in self._workers:
            queue = self._suspects or self._waiting
            if worker.idle and queue:
                begin = queue.popleft()
                worker.give(begin, self._batch(begin))
        while self._suspects and not self._workers:
            self._give_up(self._suspects.popleft())
        if self._waiting and (self._here or not self._workers):
            begin = self._bite()
            self._done[begin] = list(heads_alone(self._batch(begin), self._control))

    def _bite(self) -> int:
        """A few files off the next batch: workers wait for more while this process reads."""
        begin = self._waiting.popleft()
        rest = begin + _BITE
        if self._sizes[begin] > _BITE and rest < len(self._paths):
            self._sizes |= {begin: _BITE, rest: self._sizes[begin] - _BITE}
            self._waiting.appendleft(rest)
        return begin

    def _heard(self, timeout: float) -> list[Worker]:
        connections = [worker.connection for worker in self._workers]
        ready = wait(connections, timeout) if connections else []
        return [worker for worker in self._workers if worker.connection in ready]

    def _hear(self, worker: Worker) -> None:
        begin = worker.given
        heads = worker.answer()
        if heads is None:
            self._bury(worker)
        elif begin is not None:
            self._done[begin] = heads

    def _bury(self, worker: Worker) -> None:
        """Have another read, one by one, the files of a worker that died; a file that was alone is unreadable."""
        self._workers.remove(worker)
        worker.stop()
        self._deaths += 1
        if worker.given is not None:
            self._read_again(worker.given)
        if worker.up and self._deaths <= _MOST_DEATHS:
            self._hire(1)

    def _read_again(self, begin: int) -> None:
        count = len(self._batch(begin))
        if count == 1 or self._deaths > _MOST_DEATHS:
            self._give_up(begin)
            return
        singles = range(begin, begin + count)
        self._sizes |= dict.fromkeys(singles, 1)
        self._suspects.extend(singles)

    def _give_up(self, begin: int) -> None:
        hint = "Copy it again from where it came, or leave it out."
        self._done[begin] = [Unreadable(path, _KILLED, hint) for path in self._batch(begin)]

    def _batch(self, begin: int) -> Sequence[Path]:
        return self._paths[begin : begin + self._sizes[begin]]
