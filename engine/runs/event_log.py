"""`events.jsonl`: appended to by one writer, followed by any number of readers."""

import os
import threading
from pathlib import Path
from typing import BinaryIO

from engine.errors import RunError
from engine.files import storage_errors
from engine.runs.events import Event, from_line, to_line


class EventLog:
    """Appends events, each line complete on disk before `append` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()
        with storage_errors(path):
            _drop_torn_line(path)
            self._stream: BinaryIO = path.open("ab", buffering=0)

    def append(self, event: Event) -> None:
        """Add one event."""
        line = (to_line(event) + "\n").encode("utf-8")
        with self._writing, storage_errors(self.path):
            end = self._stream.seek(0, os.SEEK_END)
            try:
                while line:
                    line = line[self._stream.write(line) :]
            except OSError:
                self._stream.truncate(end)
                raise

    def close(self) -> None:
        """Nothing more will be appended."""
        self._stream.close()


def read_events(path: Path, start: int = 0) -> tuple[list[Event], int]:
    """The complete lines from byte `start` on, and the byte to go on from; a torn last line is left for later."""
    try:
        with path.open("rb") as stream:
            stream.seek(start)
            data = stream.read()
    except FileNotFoundError:
        return [], start
    except OSError as failure:
        hint = "Check the drive and the folder's permissions."
        raise RunError(f"the events cannot be read: {failure.strerror}", path=path, hint=hint) from failure
    complete = data[: data.rfind(b"\n") + 1]
    lines = complete.split(b"\n")
    return [from_line(line.decode("utf-8", errors="replace")) for line in lines if line.strip()], start + len(complete)


def _drop_torn_line(path: Path) -> None:
    """A writer that was killed may have left half a line; it told nobody, so it goes."""
    if not path.exists():
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("r+b") as stream:
            stream.truncate(whole)
