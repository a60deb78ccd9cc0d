"""The workspace database: SQLite, one file, one schema version."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Literal

from engine.errors import CohortError, StorageError

SCHEMA_VERSION = 4
_UPGRADES = {1: "upgrade_1_to_2.sql", 2: "upgrade_2_to_3.sql", 3: "upgrade_3_to_4.sql"}


class Database:
    """One file. Every connection is one transaction: all of it happens, or nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Make an empty database of the present schema."""
        with self.connect("rwc") as connection:
            _run_script(connection, "schema.sql", SCHEMA_VERSION)

    def upgrade(self) -> None:
        """Bring a database of an earlier schema to the present one, step by step, each wholly or not at all."""
        while (version := self._version()) in _UPGRADES:
            with self.connect(foreign_keys=False) as connection:
                _run_script(connection, _UPGRADES[version], version + 1)

    def verify(self) -> None:
        """Raise CohortError unless this is a database this version can use."""
        version = self._version()
        if version in _UPGRADES:
            hint = "Open it once to change it, in the window or by an import: it is then brought up to date."
            raise CohortError("the workspace was made by an earlier Isocenter", path=self.path, hint=hint)
        if version != SCHEMA_VERSION:
            newer = version > SCHEMA_VERSION
            raise CohortError(
                f"the workspace is of schema {version}; this Isocenter uses {SCHEMA_VERSION}",
                path=self.path,
                hint="Update Isocenter." if newer else "This is not a workspace made by Isocenter.",
            )

    @contextmanager
    def connect(self, mode: Literal["rw", "rwc"] = "rw", *, foreign_keys: bool = True) -> Iterator[sqlite3.Connection]:
        """Also who only looks may have to roll back what a crash left; a read-only disk is opened as it is."""
        try:
            with closing(sqlite3.connect(f"{self.path.as_uri()}?mode={mode}", uri=True, timeout=10)) as connection:
                connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
                with connection:
                    yield connection
        except sqlite3.OperationalError as failure:
            raise _storage_error(self.path, failure) from failure
        except sqlite3.DatabaseError as failure:
            hint = "Restore the file from a backup, or import the scans into a new workspace."
            raise CohortError(f"the workspace database is damaged: {failure}", path=self.path, hint=hint) from failure

    def _version(self) -> int:
        with self.connect() as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])


def fact(connection: sqlite3.Connection, name: str) -> str | None:
    """What is kept of the workspace as a whole under a name."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def put_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep it, in place of what was kept before."""
    connection.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def _run_script(connection: sqlite3.Connection, name: str, version: int) -> None:
    script = (files("engine.cohort.storage") / name).read_text(encoding="utf-8")
    connection.executescript(f"BEGIN; {script} PRAGMA user_version = {version}; COMMIT;")


def _storage_error(path: Path, failure: sqlite3.OperationalError) -> StorageError:
    text = str(failure)
    if "full" in text:
        return StorageError("the disk is full", path=path, hint="Free some space and try again: nothing is lost.")
    if "readonly" in text:
        return StorageError("the workspace is read-only", path=path, hint="Copy it to a folder you may write to.")
    if "locked" in text:
        hint = "Wait until it is done, such as an import or another program, and try again: nothing was changed."
        return StorageError("something else is writing to the workspace", path=path, hint=hint)
    return StorageError(f"the workspace database cannot be used: {text}", path=path, hint="Check the folder.")
