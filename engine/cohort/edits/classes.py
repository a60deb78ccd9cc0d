"""Renaming and merging the classes of a label column."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.errors import CohortError


@dataclass(frozen=True)
class RenameClasses:
    """Call classes of a label column by one name: one of them renames it, several merge into it."""

    column: str
    classes: tuple[str, ...]
    into: str

    @property
    def words(self) -> str:
        gone = [name for name in self.classes if name != self.into]
        verb = "Rename" if len(self.classes) == 1 else "Merge"
        return f"{verb} {', '.join(gone)} into {self.into}" if verb == "Merge" else f"Rename {gone[0]} to {self.into}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        if not self.into.strip():
            raise CohortError("a class needs a name", hint="To take labels away, set them to nothing.")
        for table in ("labels", "scan_labels"):
            connection.executemany(
                f"UPDATE {table} SET value = ? WHERE name = ? AND value = ?",
                [(self.into, self.column, name) for name in self.classes if name != self.into],
            )
        self._rename_in_order(connection)
        self._rename_in_suggestions(connection)

    def _rename_in_order(self, connection: sqlite3.Connection) -> None:
        """Where the first of them stood in the column's order, the new name stands."""
        row = connection.execute("SELECT classes FROM columns WHERE name = ?", (self.column,)).fetchone()
        known = json.loads(row[0]) if row is not None else []
        renamed = dict.fromkeys(self.into if name in self.classes else name for name in known)
        if list(renamed) != known:
            values = (json.dumps(list(renamed)), self.column)
            connection.execute("UPDATE columns SET classes = ? WHERE name = ?", values)

    def _rename_in_suggestions(self, connection: sqlite3.Connection) -> None:
        """What still waits for an answer proposes the new name; merged classes add up."""
        waiting = connection.execute(
            "SELECT patient, run, probabilities FROM suggestions WHERE name = ? AND decision = ''", (self.column,)
        ).fetchall()
        for patient, run, told in waiting:
            shares: dict[str, float] = json.loads(told)
            renamed: dict[str, float] = {}
            for name, share in shares.items():
                called = self.into if name in self.classes else name
                renamed[called] = renamed.get(called, 0.0) + share
            if renamed != shares:
                connection.execute(
                    "UPDATE suggestions SET probabilities = ? WHERE patient = ? AND name = ? AND run = ?",
                    (json.dumps(renamed, ensure_ascii=False), patient, self.column, run),
                )
