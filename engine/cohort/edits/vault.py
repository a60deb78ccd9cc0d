"""Setting patients aside in the test vault, and giving them back."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.edits.edit import counted, patient_ids


@dataclass(frozen=True)
class SetAside:
    """Put patients (by pseudonym) into the test vault: they take part in no division and in no training."""

    patients: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"Set {counted(self.patients, 'patient')} aside in the test vault"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        numbers = patient_ids(connection, self.patients)
        rows = [(number,) for number in numbers]
        connection.executemany("INSERT INTO vault VALUES (?) ON CONFLICT (patient) DO NOTHING", rows)


@dataclass(frozen=True)
class GiveBack:
    """Take patients out of the test vault, so that they may be trained on; none named: all of them."""

    patients: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        whose = counted(self.patients, "patient") if self.patients else "all patients"
        return f"Give {whose} of the test vault back"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        if not self.patients:
            connection.execute("DELETE FROM vault")
            return
        numbers = patient_ids(connection, self.patients)
        connection.executemany("DELETE FROM vault WHERE patient = ?", [(number,) for number in numbers])
