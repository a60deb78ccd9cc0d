"""Measurements as the workspace keeps them: a shape on a scan, with a name."""

import sqlite3
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from engine.errors import CohortError
from engine.measure import AnyShape, Unknown, from_json, to_json

_COLUMNS = "id, scan, kind, json, name, created"


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Measurement:
    """`scan` is the id of the scan it was drawn on; `id` is 0 until it is kept. `created` has a time zone."""

    scan: int
    shape: AnyShape
    name: str = ""
    id: int = 0
    created: datetime = field(default_factory=_now)


def kept(connection: sqlite3.Connection, scan: int | None) -> tuple[Measurement, ...]:
    """Those of a scan, or all, in the order they were made."""
    where, values = ("", ()) if scan is None else ("WHERE scan = ?", (scan,))
    rows = connection.execute(f"SELECT {_COLUMNS} FROM measurements {where} ORDER BY id", values)
    return tuple(_measurement(*row) for row in rows)


def put(connection: sqlite3.Connection, measurement: Measurement) -> Measurement:
    """Keep it under its id, or under a new one where it has none; ids are never used twice."""
    if connection.execute("SELECT 1 FROM scans WHERE id = ?", (measurement.scan,)).fetchone() is None:
        raise CohortError("the scan of this measurement is no longer in the workspace", hint="Import it again.")
    created = measurement.created.astimezone(UTC).isoformat()
    values = (
        measurement.id or None, measurement.scan, measurement.shape.kind, to_json(measurement.shape),
        measurement.name, created,
    )  # fmt: skip
    row = connection.execute(
        f"INSERT INTO measurements ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " scan = excluded.scan, kind = excluded.kind, json = excluded.json, name = excluded.name,"
        " created = excluded.created RETURNING id",
        values,
    ).fetchone()
    return replace(measurement, id=int(row[0]))


def drop(connection: sqlite3.Connection, number: int) -> Measurement:
    """Forget one and return it, so that it can be put back; CohortError where there is none."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM measurements WHERE id = ?", (number,)).fetchone()
    if found is None:
        raise CohortError("this measurement is no longer in the workspace", hint="Look at the scan anew.")
    connection.execute("DELETE FROM measurements WHERE id = ?", (number,))
    return _measurement(*found)


def _measurement(number: int, scan: int, kind: str, json: str, name: str, created: str) -> Measurement:
    shape = from_json(json)
    known = Unknown(kind, json) if isinstance(shape, Unknown) else shape
    return Measurement(scan, known, name, number, datetime.fromisoformat(created))
