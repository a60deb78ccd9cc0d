"""What was worked out of scans once, so that another wish about them is answered sooner."""

import os
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TypeVar, cast

from engine.imaging import ScanHeader

T = TypeVar("T")
_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json")

Files = tuple[tuple[str, int, int], ...]


class Readings:
    """Of each kind the last that was made, for as long as somebody asks about the same scans."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Sequence[ScanHeader], Hashable, object]] = {}

    def get(self, kind: str, scans: Sequence[ScanHeader], key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for these scans and this key, or gives now. For any thread."""
        kept = self._kept.get(kind)
        if kept is not None and kept[0] is scans and kept[1] == key:
            return cast("T", kept[2])
        made = make()
        self._kept[kind] = (scans, key, made)
        return made


def tables_beside(home: Path, given: Path | None) -> Files:
    """Names, sizes and times of the tables that may speak of the scans, to tell when one was saved anew."""
    found = []
    for folder in (home, home.parent):
        try:
            with os.scandir(folder) as entries:
                found += [Path(entry.path) for entry in entries if entry.name.lower().endswith(_TABLES)]
        except OSError:
            continue
    told = (_told(path) for path in sorted({*found, *([given] if given is not None else [])}))
    return tuple(one for one in told if one is not None)


def _told(path: Path) -> tuple[str, int, int] | None:
    try:
        one = path.stat()
    except OSError:
        return None
    return str(path), one.st_size, one.st_mtime_ns
