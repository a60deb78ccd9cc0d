"""A quick look at a scan's files that tells whether they may have changed."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from engine.errors import ReadError


def stamp_of(files: Sequence[Path], companions: Sequence[Path] = ()) -> str:
    """The size of the files, and a token of all sizes and times of change; ReadError where one is not there."""
    told = [_told(path) for path in (*files, *companions)]
    times = hashlib.blake2b(repr([(one.st_size, one.st_mtime_ns) for one in told]).encode(), digest_size=8)
    return f"{sum(one.st_size for one in told[: len(files)])}-{times.hexdigest()}"


def size_of(stamp: str) -> int | None:
    """The size of the files in bytes, as a stamp tells it; None where it does not."""
    size = stamp.partition("-")[0]
    return int(size) if size.isdecimal() else None


def _told(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as failure:
        raise ReadError(f"cannot be read: {failure.strerror}", path=path, hint="Check the drive.") from failure
