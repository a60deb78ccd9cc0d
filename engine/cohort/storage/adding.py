"""How patients and scans get into the database."""

import json
import os
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from engine.cohort.cohort import Patient, Scan
from engine.cohort.storage.database import fact, put_fact

EVER = "patients ever"


def add_patient(connection: sqlite3.Connection, patient: Patient, home: Path, source: int | None = None) -> int:
    """A patient under a new pseudonym, or what is new of the one with the same source id; its row id.

    Scans are known by path and part; what is found again is as it is found now.
    """
    number = _number_of(connection, patient.source_id)
    put_values(connection, "labels", number, patient.labels)
    put_values(connection, "covariates", number, patient.covariates)
    for scan in patient.scans:
        put_scan(connection, number, scan, home, source)
    return number


def new_patient(connection: sqlite3.Connection, source_id: str) -> int:
    """A patient under a pseudonym that no other ever had; the row id."""
    number = int(fact(connection, EVER) or 0) + 1
    put_fact(connection, EVER, str(number))
    values = (number, f"P-{number:03d}", source_id)
    connection.execute("INSERT INTO patients (id, key, source_id) VALUES (?, ?, ?)", values)
    return number


def put_values(
    connection: sqlite3.Connection, table: str, owner: int, values: Mapping[str, str], key: str = "patient"
) -> None:
    """Set labels or covariates of a patient (or, by `key`, a scan); an empty value takes one away."""
    gone = [(owner, name) for name, value in values.items() if not value]
    connection.executemany(f"DELETE FROM {table} WHERE {key} = ? AND name = ?", gone)
    rows = [(owner, name, value) for name, value in values.items() if value]
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT ({key}, name) DO UPDATE SET value = excluded.value"
        " WHERE value <> excluded.value",
        rows,
    )


def put_scan(connection: sqlite3.Connection, patient: int, scan: Scan, home: Path, source: int | None = None) -> int:
    """A scan of a patient, new or in place of the one at the same path; its row id."""
    values = {"patient": patient, "source": source, **scan_row(scan, home)}
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    renewed = ", ".join(f"{name} = excluded.{name}" for name in values)
    row = connection.execute(
        f"INSERT INTO scans ({names}) VALUES ({marks}) ON CONFLICT (path, part) DO UPDATE SET {renewed} RETURNING id",
        values,
    ).fetchone()
    number = int(row[0])
    connection.execute("DELETE FROM scan_files WHERE scan = ?", row)
    rows = [(number, position, path) for position, path in enumerate(further_files(scan, home), start=1)]
    connection.executemany("INSERT INTO scan_files VALUES (?, ?, ?)", rows)
    put_values(connection, "scan_labels", number, scan.labels, "scan")
    return number


def scan_row(scan: Scan, home: Path) -> dict[str, str | int]:
    """What is kept of a scan, by column; not whose it is, and not what people think of it."""
    doubts = [{"kind": doubt.kind, "text": doubt.text, "severity": doubt.severity} for doubt in scan.doubts]
    return {
        "role": scan.role, "reader": scan.source.reader, "path": stored(scan.source.files[0], home),
        "part": scan.source.part, "format": scan.format, "shape": json.dumps(scan.shape), "frames": scan.frames,
        "digest": scan.digest, "doubts": json.dumps(doubts), "title": scan.title, "modality": scan.modality,
        "visit": scan.visit, "stamp": scan.stamp,
    }  # fmt: skip


def further_files(scan: Scan, home: Path) -> list[str]:
    """The files after the first, as they are kept."""
    return [stored(path, home) for path in scan.source.files[1:]]


def stored(path: Path, home: Path) -> str:
    """Relative to the workspace where both lie in one project folder, so that the folder can be moved."""
    folder, name = os.path.split(path)
    return f"{_stored_folder(folder, home)}{name}"


@lru_cache(256)
def _stored_folder(folder: str, home: Path) -> str:
    if Path(folder).is_relative_to(home.parent):
        inside = Path(os.path.relpath(folder, home)).as_posix()
        return "" if inside == "." else f"{inside}/"
    return os.path.join(folder, "")  # noqa: PTH118 - with the separator at its end


def _number_of(connection: sqlite3.Connection, source_id: str) -> int:
    row = connection.execute("SELECT id FROM patients WHERE source_id = ?", (source_id,)).fetchone()
    return new_patient(connection, source_id) if row is None else int(row[0])
