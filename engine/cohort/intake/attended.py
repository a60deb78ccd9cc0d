"""Long work that knows nothing of a control, while somebody watches over it."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

from engine.control import Control

T = TypeVar("T")
_EVERY_S = 0.1


def attended(work: Callable[[], T], control: Control) -> T:
    """What `work` returns or raises. A cancel is heard at once; the work, which changes nothing, then ends unheard."""
    future: Future[T] = Future()
    Thread(target=_done, args=(work, future), name="attended", daemon=True).start()
    while True:
        control.check()
        try:
            return future.result(_EVERY_S)
        except TimeoutError:
            if future.done():
                raise


def _done(work: Callable[[], T], future: "Future[T]") -> None:
    try:
        future.set_result(work())
    except BaseException as failure:
        future.set_exception(failure)
