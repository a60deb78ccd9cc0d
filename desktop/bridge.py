"""Where work leaves the GUI thread and its answers come back to it."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.jobs import Job
from engine.control import Control
from engine.errors import Cancelled, IsocenterError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

WORKERS = 4
FAREWELL_S = 2.0

Report = Callable[..., None]
Done = Callable[[Any], None]
Failed = Callable[[IsocenterError], None]


class Task:
    """Work under way. `cancel` drops its answer, and the work itself where it has not begun."""

    def __init__(self, done: Done | None, failed: Failed | None, owner: QObject | None, job: Job | None) -> None:
        self.done = done
        self.failed = failed
        self.owner = owner
        self.job = job
        self.cancelled = False
        self.future: Future[None] | None = None
        self._answer: list[Any] = []

    def carry_out(self, work: Callable[[], Any]) -> None:
        """Do the work on this thread, whichever it is."""
        self._answer.append(work())

    def take(self) -> Any:
        """What came of it, once: a Future would keep it until the garbage is collected."""
        return self._answer.pop() if self._answer else None

    def cancel(self) -> None:
        self.cancelled = True
        if self.job is not None:
            self.job.cancel()
        if self.future is not None:
            self.future.cancel()

    @property
    def wanted(self) -> bool:
        """Whether somebody is still there to take the answer."""
        return not self.cancelled and (self.owner is None or isValid(self.owner))


class Bridge(QObject):
    """Runs work on a few threads and answers on the GUI thread, in the order the work ends."""

    failed = Signal(object)
    job_started = Signal(object)
    job_ended = Signal(object)
    _ended = Signal(object)
    _fell = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[Job] = []
        self._tasks: set[Task] = set()
        self._closed = False
        self._ended.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._fell.connect(self.failed, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _pool(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(WORKERS, thread_name_prefix="isocenter")

    def submit(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Call `work` off the GUI thread, then `done(answer)` on it; nothing once `owner` is destroyed.

        What goes wrong arrives as an IsocenterError at `failed`, or else at the signal of that name.
        """
        return self._begin(work, Task(done, failed, owner, None))

    def submit_job(
        self,
        title: str,
        work: Callable[[Report, Control], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """`submit` for long work: it gets `report(done, total, phase)` and a Control, and has a row in the tray."""
        control = Control()
        job = Job(title, control)
        self.add_job(job)
        self._begin(lambda: work(job.report, control), Task(done, failed, owner, job))
        return job

    def add_job(self, job: Job) -> None:
        """Show work in the tray, whoever carries it out; `end_job` takes it away again."""
        self.jobs.append(job)
        self.job_started.emit(job)

    def end_job(self, job: Job) -> None:
        if job in self.jobs:
            self.jobs.remove(job)
            self.job_ended.emit(job)

    def fail(self, error: BaseException) -> None:
        """Announce an error that nobody caught; may be called from any thread, at any moment."""
        if not self._closed:
            self._fell.emit(readable(error))

    @property
    def closed(self) -> bool:
        """Whether nobody waits for an answer any more; long work without a Control asks this."""
        return self._closed

    def shutdown(self, seconds: float = FAREWELL_S) -> bool:
        """Cancel all work and wait a little; whether every thread is at rest."""
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)
        return self.settle(seconds)

    def settle(self, seconds: float) -> bool:
        """Wait (without the event loop) until no work is under way; for scripts and tests."""
        from concurrent.futures import wait

        futures = [t.future for t in self._tasks if t.future is not None and not t.future.cancelled()]
        return not wait(futures, seconds).not_done

    def _begin(self, work: Callable[[], Any], task: Task) -> Task:
        if self._closed:
            task.cancelled = True
            return task
        self._tasks.add(task)
        task.future = self._pool.submit(task.carry_out, work)
        task.future.add_done_callback(lambda _: None if self._closed else self._ended.emit(task))
        return task

    def _answer(self, task: Task) -> None:
        self._tasks.discard(task)
        if task.job is not None:
            self.end_job(task.job)
        future, answer = task.future, task.take()
        if future is None or future.cancelled() or not task.wanted:
            return
        error = future.exception()
        if error is None:
            _call(task.done, answer)
        elif not isinstance(error, Cancelled):
            _call(task.failed or self.failed.emit, readable(error))


def readable(error: BaseException) -> IsocenterError:
    """The error as one a user can read; what was unexpected keeps its cause for the details."""
    if isinstance(error, IsocenterError):
        return error
    what = f"Something unexpected went wrong ({type(error).__name__}: {error})"
    made = IsocenterError(what, hint="Your data is untouched. Try again; if it stays, report the details.")
    made.__cause__ = error
    return made


def _call(receiver: Callable[[Any], None] | None, value: object) -> None:
    if receiver is not None:
        receiver(value)
