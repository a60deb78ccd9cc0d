"""Who lies in which part, fold by fold, as runs and the workspace's saved divisions tell."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.saved_divisions import from_text
from engine.cohort.workspace import DATABASE
from engine.errors import CohortError, RunError
from engine.runs import RunFolder, list_runs
from engine.runs.division import read_folds

Parts = Mapping[str, str]
Told = tuple[str, str, tuple[Parts, ...]]


def of_runs(workspace: Path) -> Iterator[Told]:
    """For each run its name, a clause for people, and the part of each patient by fold."""
    for run in list_runs(workspace):
        yield run.name, f"the division of run {run.name}", _parts_of(_of_run(run))


def of_workspace(workspace: Path) -> Iterator[Told]:
    """The same for each division that is saved."""
    for name, made, text in _saved(workspace):
        yield name, f"the saved division '{name}'", _parts_of(_of_division(name, made, text))


def _saved(workspace: Path) -> list[tuple[str, str, str]]:
    place = f"{(workspace / DATABASE).absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(place, uri=True, timeout=10)) as connection:
            return connection.execute("SELECT name, made, json FROM divisions ORDER BY name").fetchall()
    except sqlite3.Error:
        return []


def _of_run(run: RunFolder) -> tuple[Fold, ...]:
    """None where it has no division yet, or one that cannot be read."""
    try:
        return tuple(read_folds(run))
    except RunError:
        return ()


def _of_division(name: str, made: str, text: str) -> tuple[Fold, ...]:
    try:
        return from_text(name, made, text).folds
    except (CohortError, AttributeError):
        return ()


def _parts_of(folds: tuple[Fold, ...]) -> tuple[Parts, ...]:
    return tuple(parts for fold in folds for parts in _parts(fold))


def _parts(fold: Fold) -> Iterator[Parts]:
    """A fold, and the folds within its training part."""
    yield {patient: part for part, members in fold.parts.items() for patient in members}
    for inner in fold.inner:
        yield from _parts(inner)
