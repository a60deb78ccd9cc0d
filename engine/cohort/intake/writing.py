"""Putting what an import brings into the database, many rows at a time."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engine.cohort.cohort import GONE, Level, Scan
from engine.cohort.columns import Column
from engine.cohort.intake.merging import Merged
from engine.cohort.storage.adding import EVER, further_files, scan_row
from engine.cohort.storage.database import fact, put_fact


def write(connection: sqlite3.Connection, merged: Merged, source: int, home: Path) -> None:
    """Carry out what was settled, within the transaction of the connection."""
    _patients(connection, merged)
    _rename(connection, merged, source)
    _scans(connection, merged.scans, source, home)
    for table, values in merged.values.items():
        owner = "scan" if table == "scan_labels" else "patient"
        gone = ((row, name) for (row, name), value in values.items() if not value)
        connection.executemany(f"DELETE FROM {table} WHERE {owner} = ? AND name = ?", gone)
        rows = ((row, name, value) for (row, name), value in values.items() if value)
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT ({owner}, name) DO UPDATE SET value = excluded.value",
            rows,
        )
    connection.executemany("UPDATE scans SET stamp = ? WHERE id = ?", ((GONE, number) for number in merged.gone))
    _said(connection, merged, source)


def write_outline(connection: sqlite3.Connection, level: Level, columns: Iterable[Column]) -> None:
    """What holds for the cohort as a whole; columns somebody described stay as they are."""
    if level == "image" or fact(connection, "level") is None:
        put_fact(connection, "level", level)
    rows = ((one.name, one.use, one.type, json.dumps(list(one.classes))) for one in columns)
    connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING", rows)


def _patients(connection: sqlite3.Connection, merged: Merged) -> None:
    if not merged.patients:
        return
    rows = ((number, key, source_id) for number, (key, source_id) in merged.patients.items())
    connection.executemany("INSERT INTO patients (id, key, source_id) VALUES (?, ?, ?)", rows)
    put_fact(connection, EVER, str(max(int(fact(connection, EVER) or 0), *merged.patients)))


def _rename(connection: sqlite3.Connection, merged: Merged, source: int) -> None:
    rows = ((now, number) for number, (_, now) in merged.renamed.items())
    connection.executemany("UPDATE patients SET source_id = ? WHERE id = ?", rows)
    former = ((source, was) for was, _ in merged.renamed.values())
    connection.executemany("DELETE FROM told_patients WHERE source = ? AND source_id = ?", former)


def _scans(connection: sqlite3.Connection, scans: list[tuple[int, Scan]], source: int, home: Path) -> None:
    if not scans:
        return
    rows = (_row(patient, scan, source, home) for patient, scan in scans)
    names = tuple(_row(*scans[0], source, home))
    marks = ", ".join(f":{name}" for name in names)
    renewed = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    connection.executemany(
        f"INSERT INTO scans ({', '.join(names)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {renewed}", rows
    )
    connection.executemany("DELETE FROM scan_files WHERE scan = ?", ((scan.id,) for _, scan in scans))
    connection.executemany("INSERT INTO scan_files VALUES (?, ?, ?)", _files(scans, home))


def _row(patient: int, scan: Scan, source: int, home: Path) -> dict[str, Any]:
    return {"id": scan.id, "patient": patient, "source": source, "excluded": scan.excluded, **scan_row(scan, home)}


def _files(scans: list[tuple[int, Scan]], home: Path) -> Iterator[tuple[int, int, str]]:
    for _, scan in scans:
        for position, path in enumerate(further_files(scan, home), start=1):
            yield scan.id, position, path


def _said(connection: sqlite3.Connection, merged: Merged, source: int) -> None:
    connection.executemany(
        "INSERT INTO told_scans VALUES (?, ?) ON CONFLICT (scan) DO UPDATE SET json = excluded.json",
        ((number, said.as_json()) for number, said in merged.said_of_scans.items()),
    )
    connection.executemany(
        "INSERT INTO told_patients VALUES (?, ?, ?) ON CONFLICT (source, source_id) DO UPDATE SET json = excluded.json",
        ((source, source_id, json.dumps(values)) for source_id, values in merged.said_of_patients.items()),
    )
