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
MANY = 1500
BATCH = 64
_MOST_WORKERS = 4
_MOST_DEATHS = 20
_TELL_EVERY = 0.05
_WAIT = 0.1
_KILLED = "reading its header ended the process that read it"


def scan_heads(
    paths: Sequence[Path], control: Control, progress: Progress, *, many: int = MANY
) -> Iterator[list[Slice] | Unreadable]:
    """What each file holds, in the order of `paths`; processes help where there are `many` files or more.

    Raises nothing but Cancelled. `progress` is told now and then, and at the end, how many of how many are done.
    """
    told = time.monotonic()
    heads = _alone(paths, control) if len(paths) < many else _Survey(paths, control).heads()
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


def heads_of(paths: Sequence[Path]) -> list[Head]:
    """The same for several files."""
    return [head_of(path) for path in paths]


def worker_count() -> int:
    """As many as there are cores for this process, within reason."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else psutil.cpu_count() or 1
    return max(1, min(cores, _MOST_WORKERS))


def _alone(paths: Sequence[Path], control: Control) -> Iterator[Head]:
    for path in paths:
        control.check()
        yield head_of(path)


class _Survey:
    """Batches of files on their way through workers. While no worker is up, this process reads."""

    def __init__(self, paths: Sequence[Path], control: Control) -> None:
        self._paths, self._control = paths, control
        self._waiting = deque(range(0, len(paths), BATCH))
        self._sizes = dict.fromkeys(self._waiting, BATCH)
        self._done: dict[int, list[Head]] = {}
        self._workers: list[Worker] = []
        self._deaths = 0

    def heads(self) -> Iterator[Head]:
        """Every file's, in their order."""
        try:
            self._workers = [worker for _ in range(worker_count()) if (worker := start(heads_of)) is not None]
            position = 0
            while position < len(self._paths):
                while position not in self._done:
                    self._control.check()
                    self._step()
                batch = self._done.pop(position)
                position += len(batch)
                yield from batch
        finally:
            for worker in self._workers:
                worker.stop()

    def _step(self) -> None:
        """Take in what workers have done and give them more; with none up, read a batch here."""
        up = [worker for worker in self._workers if worker.up]
        busy = bool(up) and not any(worker.wants_more for worker in up if self._waiting)
        for worker in self._heard(_WAIT if busy else 0.0):
            self._hear(worker)
        for worker in self._workers:
            while worker.up and worker.wants_more and self._waiting:
                begin = self._waiting.popleft()
                worker.give(begin, self._batch(begin))
        if self._waiting and not any(worker.up for worker in self._workers):
            self._read_here(self._waiting.popleft())

    def _heard(self, timeout: float) -> list[Worker]:
        ready = set(wait([worker.connection for worker in self._workers], timeout)) if self._workers else set()
        return [worker for worker in self._workers if worker.connection in ready]

    def _hear(self, worker: Worker) -> None:
        answer = worker.answer()
        if answer is None:
            self._bury(worker)
        elif answer:
            begin, heads = answer
            self._done[begin] = heads

    def _bury(self, worker: Worker) -> None:
        """Give the files of a worker that died to another, one by one; the one file it died of is unreadable."""
        self._workers.remove(worker)
        worker.stop()
        self._deaths += 1
        for number, begin in enumerate(worker.given):
            if number == 0 and self._sizes[begin] == 1:
                self._done[begin] = [Unreadable(self._paths[begin], _KILLED, "Leave it out, or copy it again.")]
            else:
                self._give_back(begin, one_by_one=number == 0)
        if worker.was_up and self._deaths <= _MOST_DEATHS and (another := start(heads_of)) is not None:
            self._workers.append(another)

    def _give_back(self, begin: int, *, one_by_one: bool) -> None:
        size = self._sizes[begin]
        begins = range(begin, min(begin + size, len(self._paths))) if one_by_one else [begin]
        for one in reversed(begins):
            self._sizes[one] = 1 if one_by_one else size
            self._waiting.appendleft(one)

    def _batch(self, begin: int) -> Sequence[Path]:
        return self._paths[begin : begin + self._sizes[begin]]

    def _read_here(self, begin: int) -> None:
        heads: list[Head] = []
        for path in self._batch(begin):
            self._control.check()
            heads.append(head_of(path))
        self._done[begin] = heads


Read = Callable[[Sequence[Path]], list[Head]]
