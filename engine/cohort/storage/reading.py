"""The rows of the database as patients with their scans."""

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.columns import Column
from engine.cohort.intake.sources import kept_sources
from engine.cohort.storage.database import fact
from engine.imaging import Doubt, ScanSource

_SCAN_COLUMNS = (
    "s.patient, s.id, p.key, s.role, s.reader, s.path, s.part, s.format, s.shape, s.frames, s.digest,"
    " s.doubts, s.excluded, s.accepted, s.title, s.modality, s.visit, COALESCE(o.name, ''),"
    " s.stamp"
)


def read_cohort(connection: sqlite3.Connection, home: Path) -> Cohort:
    """The whole cohort as it stands; `home` is the workspace's folder, from which relative paths lead."""
    return replace(_outline(connection, home), patients=tuple(_patients(connection, home, "")))


def renewed(connection: sqlite3.Connection, home: Path, cohort: Cohort, touched: Collection[int]) -> Cohort:
    """The cohort with some patients (row ids) read anew; the others are the same objects as before."""
    connection.execute("CREATE TEMP TABLE touched (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO touched VALUES (?)", ((number,) for number in touched))
    fresh = {one.number: one for one in _patients(connection, home, "IN (SELECT id FROM touched)")}
    connection.execute("DROP TABLE touched")
    kept = [fresh.pop(one.number, one) for one in cohort.patients if one.number in fresh or one.number not in touched]
    patients = sorted([*kept, *fresh.values()], key=lambda one: one.number) if fresh else kept
    return replace(_outline(connection, home), patients=tuple(patients))


def _outline(connection: sqlite3.Connection, home: Path) -> Cohort:
    """What is true of the cohort as a whole, without its patients."""
    rows = connection.execute("SELECT name, use, type, classes FROM columns ORDER BY name")
    columns = {name: Column(name, use, kind, tuple(json.loads(classes))) for name, use, kind, classes in rows}
    vault = connection.execute("SELECT p.key FROM vault v JOIN patients p ON p.id = v.patient")
    return Cohort(
        level="image" if fact(connection, "level") == "image" else "patient",
        columns=columns,
        vault=frozenset(key for (key,) in vault),
        likely_patients=fact(connection, "grouping") == "likely",
        sources={source.name: source for source in kept_sources(connection, home)},
        ever=int(fact(connection, "patients ever") or 0),
    )


def _patients(connection: sqlite3.Connection, home: Path, which: str) -> Iterator[Patient]:
    """All patients, or those whose id the SQL clause `which` speaks of."""
    scans = _scans(connection, home, which)
    labels, covariates = (_values(connection, table, "patient", which) for table in ("labels", "covariates"))
    where = f" WHERE id {which}" if which else ""
    for number, key, source_id in connection.execute(f"SELECT id, key, source_id FROM patients{where} ORDER BY id"):
        yield Patient(key, source_id, labels[number], covariates[number], tuple(scans[number]), number)


def _scans(connection: sqlite3.Connection, home: Path, which: str) -> dict[int, list[Scan]]:
    scans: dict[int, list[Scan]] = defaultdict(list)
    where = f" WHERE s.patient {which}" if which else ""
    owned = f"IN (SELECT id FROM scans s{where})" if which else ""
    further, labels = _further_files(connection, owned), _values(connection, "scan_labels", "scan", owned)
    rows = connection.execute(
        f"SELECT {_SCAN_COLUMNS} FROM scans s JOIN patients p ON p.id = s.patient"
        f" LEFT JOIN sources o ON o.id = s.source{where} ORDER BY s.role, s.visit, s.id"
    )
    for (
        number, scan, key, role, reader, path, part, kind, shape, frames, digest, doubts,
        excluded, accepted, title, modality, visit, origin, stamp,
    ) in rows:  # fmt: skip
        places = tuple(_restored(place, home) for place in (path, *further.get(scan, ())))
        scans[number].append(
            Scan(
                scan, key, role, ScanSource(reader, places, part), kind, _shape(shape), frames, digest, _doubts(doubts),
                excluded, accepted, title, modality, visit, origin, labels.get(scan, {}),
                stamp,
            )
        )  # fmt: skip
    return scans


def _further_files(connection: sqlite3.Connection, which: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    where = f" WHERE scan {which}" if which else ""
    for scan, path in connection.execute(f"SELECT scan, path FROM scan_files{where} ORDER BY scan, position"):
        found[scan].append(path)
    return found


def _values(connection: sqlite3.Connection, table: str, owner: str, which: str) -> dict[int, dict[str, str]]:
    values: dict[int, dict[str, str]] = defaultdict(dict)
    where = f" WHERE {owner} {which}" if which else ""
    for number, name, value in connection.execute(f"SELECT {owner}, name, value FROM {table}{where} ORDER BY name"):
        values[number][name] = value
    return values


def _restored(text: str, home: Path) -> Path:
    if os.path.isabs(text):  # noqa: PTH117 - once for every file of a cohort, and several times quicker
        return Path(text)
    return Path(os.path.normpath(os.path.join(home, text)))  # noqa: PTH118


@lru_cache(4096)
def _shape(text: str) -> tuple[int, int, int]:
    x, y, z = json.loads(text)
    return (x, y, z)


@lru_cache(4096)
def _doubts(text: str) -> tuple[Doubt, ...]:
    return tuple(Doubt(doubt["kind"], doubt["text"], doubt["severity"]) for doubt in json.loads(text))
