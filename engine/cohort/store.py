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

from engine.cohort import measurements
from engine.cohort.cohort import Cohort, Level, Patient, Scan
from engine.cohort.measurements import Measurement
from engine.errors import CohortError, StorageError
from engine.imaging import Doubt, ScanSource

SCHEMA_VERSION = 3
_UPGRADES = {1: "upgrade_1_to_2.sql", 2: "upgrade_2_to_3.sql"}


class Store:
    """Reads and writes one database. Every write is one transaction: all of it happens, or nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Make an empty database of the present schema."""
        with self._connect("rwc") as connection:
            _run_script(connection, "schema.sql", SCHEMA_VERSION)

    def upgrade(self) -> None:
        """Bring a database of an earlier schema to the present one, step by step, each wholly or not at all."""
        while (version := self._version()) in _UPGRADES:
            with self._connect(foreign_keys=False) as connection:
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

    def _version(self) -> int:
        with self._connect() as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])

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

    def accept(self, scan: int, reason: str) -> None:
        """Let a scan take part although its geometry failed, saying why; an empty reason takes that back."""
        with self._connect() as connection:
            connection.execute("UPDATE scans SET accepted = ? WHERE id = ?", (reason, scan))

    def measurements(self, scan: int | None = None) -> tuple[Measurement, ...]:
        """Those of a scan, or of all, in the order they were made."""
        with self._connect() as connection:
            return measurements.kept(connection, scan)

    def put_measurement(self, measurement: Measurement) -> Measurement:
        """Keep a new one (id 0), or one as it is now; returned with its id. CohortError where its scan has gone."""
        with self._connect() as connection:
            return measurements.put(connection, measurement)

    def drop_measurement(self, number: int) -> Measurement:
        """Forget one; what is returned can be put back under the same id. CohortError where there is none."""
        with self._connect() as connection:
            return measurements.drop(connection, number)

    @contextmanager
    def _connect(self, mode: Literal["rw", "rwc"] = "rw", *, foreign_keys: bool = True) -> Iterator[sqlite3.Connection]:
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


def _run_script(connection: sqlite3.Connection, name: str, version: int) -> None:
    script = (files("engine.cohort") / name).read_text(encoding="utf-8")
    connection.executescript(f"BEGIN; {script} PRAGMA user_version = {version}; COMMIT;")


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
    further = _further_files(connection)
    rows = connection.execute(
        "SELECT s.patient, s.id, p.key, s.role, s.reader, s.path, s.part, s.format, s.shape, s.frames, s.digest,"
        " s.doubts, s.excluded, s.accepted, s.title, s.modality"
        " FROM scans s JOIN patients p ON p.id = s.patient ORDER BY s.role, s.id"
    )
    for number, scan, key, role, reader, path, part, kind, shape, frames, digest, doubts, *words in rows:
        places = tuple(_restored(place, home) for place in (path, *further.get(scan, ())))
        x, y, z = json.loads(shape)
        told = tuple(Doubt(doubt["kind"], doubt["text"], doubt["severity"]) for doubt in json.loads(doubts))
        source = ScanSource(reader, places, part)
        scans[number].append(Scan(scan, key, role, source, kind, (x, y, z), frames, digest, told, *words))
    return scans


def _further_files(connection: sqlite3.Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for scan, path in connection.execute("SELECT scan, path FROM scan_files ORDER BY scan, position"):
        found[scan].append(path)
    return found


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
    first, *others = (_stored(path, home) for path in scan.source.files)
    doubts = [{"kind": doubt.kind, "text": doubt.text, "severity": doubt.severity} for doubt in scan.doubts]
    values = {
        "patient": patient, "role": scan.role, "reader": scan.source.reader, "path": first, "part": scan.source.part,
        "format": scan.format, "shape": json.dumps(scan.shape), "frames": scan.frames, "digest": scan.digest,
        "doubts": json.dumps(doubts), "title": scan.title, "modality": scan.modality,
    }  # fmt: skip
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    renewed = ", ".join(f"{name} = excluded.{name}" for name in values)
    connection.execute(
        f"INSERT INTO scans ({names}) VALUES ({marks}) ON CONFLICT (path, part) DO UPDATE SET {renewed}", values
    )
    row = connection.execute("SELECT id FROM scans WHERE path = ? AND part = ?", (first, scan.source.part)).fetchone()
    connection.execute("DELETE FROM scan_files WHERE scan = ?", row)
    rows = [(row[0], position, path) for position, path in enumerate(others, start=1)]
    connection.executemany("INSERT INTO scan_files VALUES (?, ?, ?)", rows)


def _stored(path: Path, home: Path) -> str:
    """Relative to the workspace where both lie in one project folder, so that the folder can be moved."""
    if path.is_relative_to(home.parent):
        return Path(os.path.relpath(path, home)).as_posix()
    return str(path)


def _restored(text: str, home: Path) -> Path:
    return Path(os.path.normpath(home / text))
