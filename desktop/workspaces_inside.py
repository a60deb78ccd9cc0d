"""Workspaces that lie in folders one would look into for scans."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

DATABASE = "workspace.db"
DEPTH = 2
MOST_FOLDERS = 2000


def workspaces_in(places: Sequence[Path]) -> tuple[Path, ...]:
    """The workspaces below some folders, two folders deep at most; of a great many folders the first are looked at."""
    found, level = [], [place for place in places if place.is_dir()]
    looked_at = 0
    for _ in range(DEPTH):
        level = [folder for place in level for folder in _folders(place)][: MOST_FOLDERS - looked_at]
        looked_at += len(level)
        inside = set(_workspaces(level))
        found += [folder for folder in level if folder in inside]
        level = [folder for folder in level if folder not in inside]
    return tuple(found)


def _workspaces(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        try:
            if (folder / DATABASE).is_file():
                yield folder
        except OSError:
            continue


def _folders(place: Path) -> list[Path]:
    """The folders in a folder, without hidden ones; none where nobody may look."""
    try:
        with os.scandir(place) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [place / name for name in names]
