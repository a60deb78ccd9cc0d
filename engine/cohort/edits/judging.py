"""Keeping scans out of every run, or letting those in whose geometry failed."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.edits.edit import counted, require_scans

BY_HAND = "by hand"
CHECKED = "checked by hand"


@dataclass(frozen=True)
class ExcludeScans:
    """Keep scans (by id) out of every run, saying why; an empty reason takes them back in."""

    scans: tuple[int, ...]
    reason: str

    @property
    def words(self) -> str:
        return f"{'Exclude' if self.reason else 'Include'} {counted(self.scans, 'scan')}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _judge(connection, "excluded", self.scans, self.reason)


@dataclass(frozen=True)
class AcceptScans:
    """Let scans take part although their geometry failed, saying why; an empty reason takes that back."""

    scans: tuple[int, ...]
    reason: str

    @property
    def words(self) -> str:
        return f"{'Accept' if self.reason else 'Keep out'} {counted(self.scans, 'scan')}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _judge(connection, "accepted", self.scans, self.reason)


def _judge(connection: sqlite3.Connection, column: str, scans: tuple[int, ...], reason: str) -> None:
    require_scans(connection, scans)
    rows = [(reason, scan, reason) for scan in scans]
    connection.executemany(f"UPDATE scans SET {column} = ? WHERE id = ? AND {column} <> ?", rows)
