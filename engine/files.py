"""Writing so that a crash leaves either the old file or the new one, never half of it."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.errors import StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


def write_atomically(path: Path, fill: Callable[[BinaryIO], object], *, replacing: bool = True) -> None:
    """Let `fill` write a file beside `path`, then put it in its place in one step; not `replacing`, a file that is
    there by then makes it a StorageError.
    """
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            with part.open("xb") as stream:
                fill(stream)
                stream.flush()
                os.fsync(stream.fileno())
            (os.replace if replacing else _put_new)(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _put_new(part: Path, path: Path) -> None:
    """Give a file its name; FileExistsError where there is one of that name. The name is taken in one step."""
    if os.name == "nt":
        part.rename(path)
        return
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a drive without links: an empty file takes the name
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        part.replace(path)
    else:
        part.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text atomically, with the line ends as given."""
    write_atomically(path, lambda stream: stream.write(text.encode("utf-8")))


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what a disk refuses into a StorageError that says what to do."""
    try:
        yield
    except OSError as failure:
        raise storage_error(path, failure) from failure


def storage_error(path: Path, failure: OSError) -> StorageError:
    """The StorageError for what the operating system said about `path`."""
    if failure.errno in _FULL:
        return StorageError("the disk is full", path=path, hint="Free some space, then resume: nothing is lost.")
    if failure.errno in _REFUSED:
        hint = "Choose a folder you may write to, or change its permissions."
        return StorageError("the folder may not be written to", path=path, hint=hint)
    if failure.errno == errno.ENAMETOOLONG:
        return StorageError("the name is too long", path=path, hint="Choose a shorter one.")
    return StorageError(f"the disk refused: {failure.strerror or failure}", path=path, hint="Check the drive.")
