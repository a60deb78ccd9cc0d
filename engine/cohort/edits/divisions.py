"""Saving, renaming and forgetting divisions."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.cohort.dividing.leakage import verify
from engine.cohort.dividing.saved_divisions import Division, as_text
from engine.errors import CohortError


@dataclass(frozen=True)
class PutDivision:
    """Keep a division under its name, in place of one that had it. DataLeakageError where it leaks."""

    division: Division

    @property
    def words(self) -> str:
        return f"Save the division {self.division.name}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _require_name(self.division.name)
        verify(self.division.folds, self.division.patients)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(
            "INSERT INTO divisions (name, made, json) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " made = excluded.made, json = excluded.json",
            (self.division.name, made, as_text(self.division)),
        )


@dataclass(frozen=True)
class RenameDivision:
    """Give a saved division another name."""

    name: str
    into: str

    @property
    def words(self) -> str:
        return f"Rename the division {self.name} to {self.into}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _require_name(self.into)
        if connection.execute("SELECT 1 FROM divisions WHERE name = ?", (self.into,)).fetchone() is not None:
            raise CohortError(f"there is a division '{self.into}' already", hint="Choose another name.")
        _require(connection.execute("UPDATE divisions SET name = ? WHERE name = ?", (self.into, self.name)), self.name)


@dataclass(frozen=True)
class DropDivision:
    """Forget a saved division. Runs that used it keep their own copy."""

    name: str

    @property
    def words(self) -> str:
        return f"Delete the division {self.name}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _require(connection.execute("DELETE FROM divisions WHERE name = ?", (self.name,)), self.name)


def _require(done: sqlite3.Cursor, name: str) -> None:
    if not done.rowcount:
        raise CohortError(f"there is no saved division '{name}'", hint="It may have been renamed or deleted.")


def _require_name(name: str) -> None:
    if not name.strip():
        raise CohortError("a division needs a name", hint="Give it one, such as 'main'.")
