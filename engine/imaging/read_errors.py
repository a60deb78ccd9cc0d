"""The border between the content of a file and the rest: whatever it provokes becomes a ReadError."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import BadGzipFile
from pathlib import Path

from engine.errors import Cancelled, ReadError

_GUNZIP = "IsalError"  # by name: isal is imported only where something is unpacked
DAMAGED = "Copy it again from where it came; the other files are not affected."
_KNOWN: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    ((PermissionError,), "the file may not be read", "Change its permissions, or copy it to a folder of yours."),
    ((EOFError,), "the file is cut short", DAMAGED),
    ((BadGzipFile, zlib.error), "the compressed data are damaged", DAMAGED),
    ((MemoryError,), "the scan does not fit in memory", "Close other programs, or use a machine with more memory."),
)


@contextmanager
def read_errors(path: Path) -> Iterator[None]:
    """Nothing but ReadError leaves the block, whatever bytes the file holds; and Cancelled, where that was asked."""
    try:
        yield
    except (ReadError, Cancelled):
        raise
    except Exception as failure:
        # Decoders meet damaged bytes with every kind of exception; one bad file must never stop a cohort.
        what, hint = _told(failure)
        raise ReadError(what, path=path, hint=hint) from failure


def _told(failure: Exception) -> tuple[str, str]:
    """What happened, and what to do now."""
    for kinds, what, hint in _KNOWN:
        if isinstance(failure, kinds):
            return what, hint
    if isinstance(failure, OSError) and failure.errno is not None:
        return f"cannot be read: {failure.strerror or 'it cannot be opened'}", "Is the drive plugged in?"
    if isinstance(failure, ImportError | NameError):
        hint = "The installation may be incomplete: run 'isocenter doctor', or report what kind of file it is."
        return f"reading it met a fault of Isocenter's own ({_words(failure)})", hint
    if type(failure).__name__ == _GUNZIP:
        return "the compressed data are damaged", DAMAGED
    return f"the file is damaged: {_words(failure)}", DAMAGED


def _words(failure: Exception) -> str:
    return next(iter(str(failure).splitlines()), "") or type(failure).__name__
