"""Stopping long work of the database, which otherwise ends only when it is done."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from engine.control import Control
from engine.errors import Cancelled

_STEPS = 20_000  # of the database's machine, some milliseconds


@contextmanager
def interruptible(connection: sqlite3.Connection, control: Control) -> Iterator[None]:
    """Within, whatever the connection does ends soon after a cancel, with Cancelled."""

    def stop() -> bool:
        try:
            control.check()
        except Cancelled:
            return True
        return False

    connection.set_progress_handler(stop, _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        control.check()
        raise
    finally:
        connection.set_progress_handler(None, 0)
