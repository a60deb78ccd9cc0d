"""What an edit is: plain data that says what to change, and can carry itself out."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from engine.errors import CohortError

_AT_ONCE = 500


class Edit(Protocol):
    """`words` name it in the history, such as "Exclude 3 scans".

    `carry_out` changes rows of the cohort's tables within a transaction that may be rolled back. It uses UPSERT, never
    INSERT OR REPLACE, since triggers write down every row that changes. `home` is the workspace's folder. CohortError
    where it speaks of what is not there.
    """

    @property
    def words(self) -> str: ...
    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None: ...


def patient_ids(connection: sqlite3.Connection, keys: Sequence[str]) -> list[int]:
    """The row ids of patients by pseudonym, in their order; CohortError where one is not there."""
    found = dict[str, int]()
    for some in _batches(keys):
        marks = ", ".join("?" * len(some))
        found.update(connection.execute(f"SELECT key, id FROM patients WHERE key IN ({marks})", some).fetchall())
    if missing := [key for key in keys if key not in found]:
        raise CohortError(f"there is no patient '{missing[0]}'", hint="Was it taken back, or is it another workspace?")
    return [found[key] for key in keys]


def require_scans(connection: sqlite3.Connection, scans: Sequence[int]) -> None:
    """CohortError where a scan is not there."""
    there = set[int]()
    for some in _batches(scans):
        marks = ", ".join("?" * len(some))
        there.update(number for (number,) in connection.execute(f"SELECT id FROM scans WHERE id IN ({marks})", some))
    if set(scans) - there:
        raise CohortError("a scan is no longer in the workspace", hint="Read the cohort again.")


def counted(things: Collection[object], noun: str) -> str:
    """Such as "1 scan" or "6,400 scans"."""
    return f"{len(things):,} {noun}{'' if len(things) == 1 else 's'}"


def _batches(items: Iterable[object]) -> Iterator[list[object]]:
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
