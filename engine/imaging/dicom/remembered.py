"""What was read and put together lately, so that looking through a folder and opening a series do it once."""

import os
import threading
from collections import OrderedDict
from operator import is_
from pathlib import Path

from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.records import Slice, Stack
from engine.imaging.source import ScanSource

_MOST = 16_384  # pictures; some 2 KiB each

_State = tuple[int, int, int]


class Heads:
    """Pictures by file, as long as the file's size and time of change stay; the longest unused are forgotten."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._count = 0
        self._kept: OrderedDict[Path, tuple[_State, list[Slice]]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, path: Path, pictures: list[Slice]) -> None:
        """Remember what a file holds at this moment."""
        try:
            state = _state(path)
        except OSError:
            return
        with self._lock:
            self._forget(path)
            self._kept[path] = (state, pictures)
            self._count += len(pictures)
            while self._count > self._most:
                self._forget(next(iter(self._kept)))

    def of(self, path: Path) -> list[Slice]:
        """The pictures of a file, from memory where it has not changed; ReadError as `slices_of`."""
        with self._lock:
            kept = self._kept.get(path)
            if kept is not None:
                self._kept.move_to_end(path)
        if kept is not None and kept[0] == _now(path):
            return kept[1]
        pictures = slices_of(path)
        self.keep(path, pictures)
        return pictures

    def _forget(self, path: Path) -> None:
        known = self._kept.pop(path, None)
        if known is not None:
            self._count -= len(known[1])


class Stacks:
    """Scans as they were put together, each with the heads that went in; the longest unused are forgotten."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._count = 0
        self._kept: OrderedDict[ScanSource, tuple[Stack, list[list[Slice]]]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, stack: Stack, pictures: list[list[Slice]]) -> None:
        """Remember a scan made of `pictures`, those of each of its files."""
        source = stack.header.source
        with self._lock:
            self._forget(source)
            self._kept[source] = (stack, pictures)
            self._count += len(pictures)
            while self._count > self._most:
                self._forget(next(iter(self._kept)))

    def of(self, source: ScanSource, pictures: list[list[Slice]]) -> Stack | None:
        """The scan, where it was made of just these heads."""
        with self._lock:
            kept = self._kept.get(source)
        if kept is None or len(kept[1]) != len(pictures):
            return None
        return kept[0] if all(map(is_, kept[1], pictures)) else None

    def _forget(self, source: ScanSource) -> None:
        known = self._kept.pop(source, None)
        if known is not None:
            self._count -= len(known[1])


heads = Heads()
stacks = Stacks()


def _state(path: Path) -> _State:
    told = os.stat(path)  # noqa: PTH116 - once for every file of a series, twice as fast
    return (told.st_size, told.st_mtime_ns, told.st_ino)


def _now(path: Path) -> _State | None:
    try:
        return _state(path)
    except OSError:
        return None
