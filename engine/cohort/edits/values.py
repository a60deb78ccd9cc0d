"""Labels and covariates of patients."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.edits.edit import counted, patient_ids
from engine.cohort.storage.adding import put_values


@dataclass(frozen=True)
class SetLabel:
    """Give patients (by pseudonym) a label, for all their scans; an empty value takes it away."""

    patients: tuple[str, ...]
    column: str
    value: str

    @property
    def words(self) -> str:
        return _words(self.patients, self.column, self.value)

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        numbers = patient_ids(connection, self.patients)
        _put(connection, "labels", numbers, self.column, self.value)
        connection.executemany(
            "DELETE FROM scan_labels WHERE name = ? AND scan IN (SELECT id FROM scans WHERE patient = ?)",
            [(self.column, number) for number in numbers],
        )


@dataclass(frozen=True)
class SetCovariate:
    """Give patients (by pseudonym) a covariate; an empty value takes it away."""

    patients: tuple[str, ...]
    column: str
    value: str

    @property
    def words(self) -> str:
        return _words(self.patients, self.column, self.value)

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _put(connection, "covariates", patient_ids(connection, self.patients), self.column, self.value)


def _put(connection: sqlite3.Connection, table: str, patients: Sequence[int], column: str, value: str) -> None:
    for number in patients:
        put_values(connection, table, number, {column: value})


def _words(patients: Sequence[str], column: str, value: str) -> str:
    whose = counted(patients, "patient")
    return f"Set {column} of {whose} to {value}" if value else f"Take {column} from {whose}"
