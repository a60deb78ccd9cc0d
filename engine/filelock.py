"""A lock that the operating system lets go of when its holder dies, however it dies."""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import IO

from engine.files import storage_errors

_TRIES, _PAUSE_S = 4, 0.02


class FileLock:
    """An exclusive lock on a small file; `acquire` tells at once whether it was free."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: IO[bytes] | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody holds it; the holder's process number is written into the file."""
        with storage_errors(self.path):
            stream = self.path.open("a+b", buffering=0)
        if not _try_lock_patiently(stream):
            stream.close()
            return False
        with contextlib.suppress(OSError):  # a full disk does not keep anybody from locking
            stream.truncate(1)
            stream.write(f" {os.getpid()}".encode())
        self._stream = stream
        return True

    def release(self) -> None:
        """Let go of the lock; harmless when it is not held."""
        if self._stream is not None:
            _unlock(self._stream)
            self._stream.close()
            self._stream = None

    def holder(self) -> str:
        """The process number of the last holder, as text, or nothing."""
        try:
            with self.path.open("rb") as stream:
                stream.seek(1)
                return stream.read(32).decode(errors="replace").strip()
        except OSError:
            return ""


if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[bytes], *, shared: bool = False) -> bool:
        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(stream: IO[bytes], *, shared: bool = False) -> bool:
        try:
            fcntl.flock(stream.fileno(), (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_UN)


def _try_lock_patiently(stream: IO[bytes]) -> bool:
    """Several tries, since `is_locked` holds the lock for an instant when it looks."""
    for _ in range(_TRIES):
        if _try_lock(stream):
            return True
        time.sleep(_PAUSE_S)
    return False


def is_locked(path: Path) -> bool:
    """Whether somebody holds the lock of `path` just now; looking is shared, so two who look do not see each other."""
    if not path.exists():
        return False
    try:
        with path.open("rb") as stream:
            free = _try_lock(stream, shared=True)
            if free:
                _unlock(stream)
            return not free
    except OSError:
        return False
