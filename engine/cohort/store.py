"""The workspace database: SQLite, one file, one schema version."""

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Literal

from engine.cohort.cohort import Cohort, Level, Patient, Scan
from engine.errors import CohortError, StorageError

SCHEMA_VERSION = 1


class Store:
    """Reads and writes one database. Every write is one transaction: all of it happens, or nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Make an empty database of the present schema."""
        script = (files("engine.cohort") / "schema.sql").read_text(encoding="utf-8")
        with self._connect("rwc") as connection:
            connection.executescript(f"BEGIN; {script} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")

    def verify(self) -> None:
        """Raise CohortError unless this is a database this version can use."""
        with self._connect() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA_VERSION:
            newer = version > SCHEMA_VERSION
            raise CohortError(
                f"the workspace is of schema {version}; this Isocenter uses {SCHEMA_VERSION}",
                path=self.path,
                hint="Update Isocenter." if newer else "This is not a workspace made by Isocenter.",
            )

    def cohort(self) -> Cohort:
        """The whole cohort as it stands."""
        with self._connect() as connection:
            scans = _scans_by_patient(connection, self.path.parent)
            labels = _values_by_patient(connection, "labels")
            covariates = _values_by_patient(connection, "covariates")
            rows = connection.execute("SELECT id, key, source_id FROM patients ORDER BY id").fetchall()
            level = _fact(connection, "level") or "patient"
        patients = (
            Patient(key, source, labels[number], covariates[number], tuple(scans[number]))
            for number, key, source in rows
        )
        return Cohort(tuple(patients), "image" if level == "image" else "patient")

    def add(self, patients: Sequence[Patient], level: Level) -> Cohort:
        """Add patients under new pseudonyms, or to those of the same source id; scans are known by path."""
        with self._connect() as connection:
            for patient in patients:
                number = _patient_number(connection, patient.source_id)
                _put_values(connection, "labels", number, patient.labels)
                _put_values(connection, "covariates", number, patient.covariates)
                for scan in patient.scans:
                    _put_scan(connection, number, scan, self.path.parent)
            if level == "image" or _fact(connection, "level") is None:
                connection.execute("INSERT OR REPLACE INTO facts VALUES ('level', ?)", (level,))
        return self.cohort()

    def exclude(self, scan: int, reason: str) -> None:
        """Keep a scan out of every run, saying why; an empty reason takes it back in."""
        with self._connect() as connection:
            connection.execute("UPDATE scans SET excluded = ? WHERE id = ?", (reason, scan))

    @contextmanager
    def _connect(self, mode: Literal["rw", "rwc"] = "rw") -> Iterator[sqlite3.Connection]:
        """Also who only looks may have to roll back what a crash left; a read-only disk is opened as it is."""
        try:
            with closing(sqlite3.connect(f"{self.path.as_uri()}?mode={mode}", uri=True, timeout=10)) as connection:
                connection.execute("PRAGMA foreign_keys = ON")
                with connection:
                    yield connection
        except sqlite3.OperationalError as failure:
            raise _storage_error(self.path, failure) from failure
        except sqlite3.DatabaseError as failure:
            hint = "Restore the file from a backup, or import the scans into a new workspace."
            raise CohortError(f"the workspace database is damaged: {failure}", path=self.path, hint=hint) from failure


def _storage_error(path: Path, failure: sqlite3.OperationalError) -> StorageError:
    text = str(failure)
    if "full" in text:
        return StorageError("the disk is full", path=path, hint="Free some space and try again: nothing is lost.")
    if "readonly" in text:
        return StorageError("the workspace is read-only", path=path, hint="Copy it to a folder you may write to.")
    return StorageError(f"the workspace database cannot be used: {text}", path=path, hint="Check the folder.")


def _fact(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _scans_by_patient(connection: sqlite3.Connection, home: Path) -> dict[int, list[Scan]]:
    scans: dict[int, list[Scan]] = defaultdict(list)
    rows = connection.execute(
        "SELECT s.patient, s.id, p.key, s.role, s.path, s.format, s.shape, s.frames, s.digest, s.warnings,"
        " s.excluded, s.certificate FROM scans s JOIN patients p ON p.id = s.patient ORDER BY s.role, s.id"
    )
    for number, scan, key, role, path, kind, shape, frames, digest, warnings, excluded, certificate in rows:
        x, y, z = json.loads(shape)
        told = tuple(json.loads(warnings))
        scans[number].append(
            Scan(scan, key, role, _restored(path, home), kind, (x, y, z), frames, digest, told, excluded, certificate)
        )
    return scans


def _values_by_patient(connection: sqlite3.Connection, table: str) -> dict[int, dict[str, str]]:
    values: dict[int, dict[str, str]] = defaultdict(dict)
    for number, name, value in connection.execute(f"SELECT patient, name, value FROM {table} ORDER BY name"):
        values[number][name] = value
    return values


def _patient_number(connection: sqlite3.Connection, source_id: str) -> int:
    row = connection.execute("SELECT id FROM patients WHERE source_id = ?", (source_id,)).fetchone()
    if row is not None:
        return int(row[0])
    last = connection.execute("SELECT COALESCE(MAX(id), 0) FROM patients").fetchone()[0]
    values = (f"P-{last + 1:03d}", source_id)
    return int(connection.execute("INSERT INTO patients (key, source_id) VALUES (?, ?)", values).lastrowid or 0)


def _put_values(connection: sqlite3.Connection, table: str, patient: int, values: Mapping[str, str]) -> None:
    rows = [(patient, name, value) for name, value in values.items()]
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)


def _put_scan(connection: sqlite3.Connection, patient: int, scan: Scan, home: Path) -> None:
    values = (
        patient, scan.role, _stored(scan.path, home), scan.format, json.dumps(scan.shape), scan.frames, scan.digest,
        json.dumps(scan.warnings), scan.certificate,
    )  # fmt: skip
    connection.execute(
        "INSERT INTO scans (patient, role, path, format, shape, frames, digest, warnings, certificate)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET patient = excluded.patient,"
        " role = excluded.role, format = excluded.format, shape = excluded.shape, frames = excluded.frames,"
        " digest = excluded.digest, warnings = excluded.warnings, certificate = excluded.certificate",
        values,
    )


def _stored(path: Path, home: Path) -> str:
    """Relative to the workspace where both lie in one project folder, so that the folder can be moved."""
    if path.is_relative_to(home.parent):
        return Path(os.path.relpath(path, home)).as_posix()
    return str(path)


def _restored(text: str, home: Path) -> Path:
    return Path(os.path.normpath(home / text))
