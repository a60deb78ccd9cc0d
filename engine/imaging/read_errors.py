"""The border between the content of a file and the rest: whatever it provokes becomes a ReadError."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import BadGzipFile
from pathlib import Path

from engine.errors import Cancelled, ReadError

_GUNZIP = "IsalError"  # by name: isal is imported only where something is unpacked
DAMAGED = "Copy it again from where it came; the other files are not affected."


@contextmanager
def read_errors(path: Path) -> Iterator[None]:
    """Nothing but ReadError leaves the block, whatever bytes the file holds; and Cancelled, where that was asked."""
    try:
        yield
    except (ReadError, Cancelled):
        raise
    except PermissionError as failure:
        hint = "Change its permissions, or copy it to a folder of yours."
        raise ReadError("the file may not be read", path=path, hint=hint) from failure
    except EOFError as failure:
        raise ReadError("the file is cut short", path=path, hint=DAMAGED) from failure
    except (BadGzipFile, zlib.error) as failure:
        raise ReadError("the compressed data are damaged", path=path, hint=DAMAGED) from failure
    except OSError as failure:
        if failure.errno is None:
            raise ReadError(f"the file is damaged: {_words(failure)}", path=path, hint=DAMAGED) from failure
        reason = failure.strerror or "it cannot be opened"
        raise ReadError(f"cannot be read: {reason}", path=path, hint="Is the drive plugged in?") from failure
    except MemoryError as failure:
        hint = "Close other programs, or use a machine with more memory."
        raise ReadError("the scan does not fit in memory", path=path, hint=hint) from failure
    except (ImportError, NameError) as failure:
        hint = "The installation may be incomplete: run 'isocenter doctor', or report the file's kind."
        raise ReadError(f"reading it met a fault of Isocenter's own ({failure})", path=path, hint=hint) from failure
    except Exception as failure:
        # Decoders meet damaged bytes with every kind of exception; one bad file must never stop a cohort.
        if type(failure).__name__ == _GUNZIP:
            raise ReadError("the compressed data are damaged", path=path, hint=DAMAGED) from failure
        raise ReadError(f"the file is damaged: {_words(failure)}", path=path, hint=DAMAGED) from failure


def _words(failure: Exception) -> str:
    return next(iter(str(failure).splitlines()), "") or type(failure).__name__
