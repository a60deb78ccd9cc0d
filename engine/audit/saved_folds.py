"""Who lies in which part, fold by fold, as runs and the workspace's saved divisions tell."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from engine.cohort.workspace import DATABASE
from engine.runs import list_runs

Parts = Mapping[str, str]
Told = tuple[str, str, tuple[Parts, ...]]

_PARTS = ("train", "validation", "test")


def of_runs(workspace: Path) -> Iterator[Told]:
    """For each run its name, a clause for people, and the part of each patient by fold."""
    for run in list_runs(workspace):
        yield run.name, f"the division of run {run.name}", _read(run.path / "division.json")


def of_workspace(workspace: Path) -> Iterator[Told]:
    """The same for each division that is saved."""
    for name, told in _saved(workspace):
        yield name, f"the saved division '{name}'", _folds(told)


def _saved(workspace: Path) -> list[tuple[str, str]]:
    place = f"{(workspace / DATABASE).absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(place, uri=True, timeout=10)) as connection:
            return [(str(name), str(told)) for name, told in connection.execute("SELECT name, json FROM divisions")]
    except sqlite3.Error:
        return []


def _read(path: Path) -> tuple[Parts, ...]:
    try:
        return _folds(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()


def _folds(text: str) -> tuple[Parts, ...]:
    """The folds of a JSON list, or of an object that has one under "folds"; none where it cannot be read."""
    try:
        told = json.loads(text)
        rows = told["folds"] if isinstance(told, dict) else told
        return tuple(parts for row in rows for parts in _parts(row))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def _parts(row: Mapping[str, Any]) -> Iterator[Parts]:
    """A fold, and the folds within its training part."""
    yield {str(patient): part for part in _PARTS for patient in row.get(part, ())}
    for inner in row.get("inner", ()):
        yield from _parts(inner)
