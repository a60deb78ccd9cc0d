"""Saying which scans are of one patient."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from engine.cohort.edits.edit import counted, require_scans
from engine.cohort.storage.adding import new_patient, put_values
from engine.cohort.storage.database import put_fact


@dataclass(frozen=True)
class GroupScans:
    """Put the scans (by id) of each group under one patient of their own.

    What all patients of a group's scans agree on goes to the new one; labels they differ in go to the scans. Who has a
    scan of somebody in the test vault is in the vault as well.
    Patients that have no scan left go. `likely` where this is a guess that was accepted, which the cohort says.
    """

    groups: tuple[tuple[int, ...], ...]
    likely: bool = False

    @property
    def words(self) -> str:
        scans = [scan for group in self.groups for scan in group]
        return f"Group {counted(scans, 'scan')} as {counted(self.groups, 'patient')}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        for group in self.groups:
            require_scans(connection, group)
            _group(connection, group)
        if self.likely:
            put_fact(connection, "grouping", "likely")
        connection.execute("DELETE FROM patients WHERE id NOT IN (SELECT patient FROM scans)")


def _group(connection: sqlite3.Connection, group: Sequence[int]) -> None:
    owners = {scan: _owner(connection, scan) for scan in group}
    if len(set(owners.values())) == 1 and _is_all(connection, next(iter(owners.values())), group):
        return
    first = connection.execute("SELECT source_id FROM patients WHERE id = ?", (owners[group[0]],)).fetchone()[0]
    made = new_patient(connection, _free(connection, first))
    people = sorted(set(owners.values()))
    for table in ("labels", "covariates"):
        told = {person: _told(connection, table, person) for person in people}
        agreed = _agreed(told)
        put_values(connection, table, made, agreed)
        if table == "labels":
            _keep_with_scans(connection, owners, told, agreed)
    connection.executemany("UPDATE scans SET patient = ? WHERE id = ?", [(made, scan) for scan in group])
    if any(_is_aside(connection, person) for person in people):
        connection.execute("INSERT INTO vault VALUES (?)", (made,))


def _keep_with_scans(
    connection: sqlite3.Connection,
    owners: Mapping[int, int],
    told: Mapping[int, Mapping[str, str]],
    agreed: Mapping[str, str],
) -> None:
    for scan, owner in owners.items():
        own = _told(connection, "scan_labels", scan, "scan")
        apart = {name: value for name, value in told[owner].items() if name not in agreed and name not in own}
        put_values(connection, "scan_labels", scan, apart, "scan")


def _agreed(told: Mapping[int, Mapping[str, str]]) -> dict[str, str]:
    """What nobody contradicts; who says nothing of a label contradicts it too, since it has none."""
    values: dict[str, set[str]] = defaultdict(set)
    for row in told.values():
        for name, value in row.items():
            values[name].add(value)
    said_by_all = set(values).intersection(*told.values())
    return {name: min(found) for name, found in values.items() if len(found) == 1 and name in said_by_all}


def _told(connection: sqlite3.Connection, table: str, owner: int, key: str = "patient") -> dict[str, str]:
    return dict(connection.execute(f"SELECT name, value FROM {table} WHERE {key} = ?", (owner,)).fetchall())


def _is_aside(connection: sqlite3.Connection, patient: int) -> bool:
    return connection.execute("SELECT 1 FROM vault WHERE patient = ?", (patient,)).fetchone() is not None


def _owner(connection: sqlite3.Connection, scan: int) -> int:
    return int(connection.execute("SELECT patient FROM scans WHERE id = ?", (scan,)).fetchone()[0])


def _is_all(connection: sqlite3.Connection, patient: int, group: Sequence[int]) -> bool:
    count = connection.execute("SELECT COUNT(*) FROM scans WHERE patient = ?", (patient,)).fetchone()[0]
    return bool(count == len(set(group)))


def _free(connection: sqlite3.Connection, source_id: str) -> str:
    """A source id that nobody has, so that the former patient keeps its own should it come back."""
    names = (f"{source_id} (group {number})" for number in count(2))
    taken = "SELECT 1 FROM patients WHERE source_id = ?"
    return next(name for name in names if connection.execute(taken, (name,)).fetchone() is None)
