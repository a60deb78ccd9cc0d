"""The role, the visit and the own label of scans."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.edits.edit import counted, require_scans
from engine.cohort.storage.adding import put_values


@dataclass(frozen=True)
class SetRole:
    """Have scans (by id) play a role."""

    scans: tuple[int, ...]
    role: str

    @property
    def words(self) -> str:
        return f"Set the role of {counted(self.scans, 'scan')} to {self.role}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _set(connection, "role", self.scans, self.role or "image")


@dataclass(frozen=True)
class SetVisit:
    """Say at which visit scans (by id) were made."""

    scans: tuple[int, ...]
    visit: str

    @property
    def words(self) -> str:
        return f"Set the visit of {counted(self.scans, 'scan')} to {self.visit or 'none'}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _set(connection, "visit", self.scans, self.visit)


@dataclass(frozen=True)
class SetScanLabel:
    """Give scans (by id) a label of their own, which goes before their patient's; an empty value takes it away."""

    scans: tuple[int, ...]
    column: str
    value: str

    @property
    def words(self) -> str:
        whose = counted(self.scans, "scan")
        return f"Set {self.column} of {whose} to {self.value}" if self.value else f"Take {self.column} from {whose}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        require_scans(connection, self.scans)
        for scan in self.scans:
            put_values(connection, "scan_labels", scan, {self.column: self.value}, "scan")


def _set(connection: sqlite3.Connection, column: str, scans: tuple[int, ...], value: str) -> None:
    require_scans(connection, scans)
    rows = [(value, scan, value) for scan in scans]
    connection.executemany(f"UPDATE scans SET {column} = ? WHERE id = ? AND {column} <> ?", rows)
