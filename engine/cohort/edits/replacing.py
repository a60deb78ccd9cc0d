"""Putting a mended copy in the place of a scan."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.cohort import Scan
from engine.cohort.edits.edit import counted, require_scans
from engine.cohort.edits.judging import ExcludeScans
from engine.cohort.storage.adding import put_scan


@dataclass(frozen=True)
class ReplaceScans:
    """Add a copy of each scan (by id) to the scan's patient, and exclude the scan itself, saying why."""

    copies: tuple[tuple[int, Scan], ...]
    reason: str

    @property
    def words(self) -> str:
        return f"Replace {counted(self.copies, 'scan')} by a copy"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        scans = tuple(scan for scan, _ in self.copies)
        require_scans(connection, scans)
        for scan, copy in self.copies:
            owner = connection.execute("SELECT patient FROM scans WHERE id = ?", (scan,)).fetchone()[0]
            put_scan(connection, owner, copy, home)
        ExcludeScans(scans, self.reason).carry_out(connection, home)
