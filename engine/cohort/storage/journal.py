"""What was changed, row by row, so that every edit can be taken back and done again, also after a restart.

While an edit is carried out, temporary triggers write each row before and after into `changes`. Of a scan only what
people may edit is watched, so that taking an edit back never undoes what a later import learned about the files.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_WATCHED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "facts": (("name",), ("value",)),
    "patients": (("id",), ("key", "source_id")),
    "scans": (("id",), ("patient", "role", "visit", "excluded", "accepted")),
    "scan_files": (("scan", "position"), ("path",)),
    "labels": (("patient", "name"), ("value",)),
    "covariates": (("patient", "name"), ("value",)),
    "scan_labels": (("scan", "name"), ("value",)),
    "columns": (("name",), ("use", "type", "classes")),
    "divisions": (("id",), ("name", "made", "json")),
    "vault": (("patient",), ()),
    "suggestions": (
        ("patient", "name", "run"),
        ("probabilities", "decision", "label", "who", "made", "decided"),
    ),
}
_WHOLE_SCAN = (
    "reader", "path", "part", "format", "shape", "frames", "digest", "doubts", "title", "modality", "source", "stamp"
)  # fmt: skip

_UNLESS = {"facts": "WHEN NEW.name <> 'patients ever'"}  # a pseudonym that was given is never given again

Row = Mapping[str, Any]


@dataclass(frozen=True)
class PastEdit:
    """An edit of the history, such as "Exclude 3 scans"; `who` made it, `undone` where it was taken back."""

    number: int
    words: str
    who: str
    made: datetime
    undone: bool


@dataclass(frozen=True)
class Edited:
    """What an edit, or its taking back, touched. `patients` (row ids) are to be read anew; some may be gone."""

    number: int
    words: str
    patients: frozenset[int]


def begin(connection: sqlite3.Connection, words: str, who: str) -> int:
    """A new edit; from here on every change of this connection belongs to it. What was undone is forgotten."""
    connection.execute("DELETE FROM edits WHERE undone = 1")
    made = datetime.now(UTC).isoformat(timespec="seconds")
    row = connection.execute("INSERT INTO edits (words, who, made) VALUES (?, ?, ?)", (words, who, made))
    number = int(row.lastrowid or 0)
    for name, (keys, values) in _WATCHED.items():
        for statement in _triggers(name, keys, values, number):
            connection.execute(statement)
    return number


def end(connection: sqlite3.Connection, number: int) -> Edited:
    """The edit is complete; one that changed nothing is forgotten and has the number 0."""
    words = _words(connection, number)
    changes = _changes(connection, number)
    for name in _WATCHED:
        for event in ("insert", "update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS temp.journal_{name}_{event}")
    if not changes:
        connection.execute("DELETE FROM edits WHERE id = ?", (number,))
        return Edited(0, words, frozenset())
    return Edited(number, words, _patients(connection, changes))


def undo(connection: sqlite3.Connection) -> Edited | None:
    """Take the newest edit back that is not undone; None where there is none."""
    row = connection.execute("SELECT MAX(id) FROM edits WHERE undone = 0").fetchone()
    return None if row[0] is None else _turned(connection, int(row[0]), undone=True)


def redo(connection: sqlite3.Connection) -> Edited | None:
    """Do the oldest undone edit again; None where there is none."""
    row = connection.execute("SELECT MIN(id) FROM edits WHERE undone = 1").fetchone()
    return None if row[0] is None else _turned(connection, int(row[0]), undone=False)


def history(connection: sqlite3.Connection) -> list[PastEdit]:
    """All edits, the oldest first; those that can be done again stand at the end."""
    rows = connection.execute("SELECT id, words, who, made, undone FROM edits ORDER BY id")
    return [
        PastEdit(number, words, who, datetime.fromisoformat(made), bool(gone))
        for number, words, who, made, gone in rows
    ]


def _turned(connection: sqlite3.Connection, number: int, *, undone: bool) -> Edited:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    changes = _changes(connection, number)
    before = _patients(connection, changes)
    for name, old, new in reversed(changes) if undone else changes:
        _put(connection, name, *((new, old) if undone else (old, new)))
    connection.execute("UPDATE edits SET undone = ? WHERE id = ?", (int(undone), number))
    return Edited(number, _words(connection, number), before | _patients(connection, changes))


def _put(connection: sqlite3.Connection, name: str, old: Row | None, new: Row | None) -> None:
    keys, _ = _WATCHED[name]
    where = " AND ".join(f"{key} = :{key}" for key in keys)
    if new is None:
        connection.execute(f"DELETE FROM {name} WHERE {where}", dict(old or {}))
    elif old is None:
        columns, marks = ", ".join(new), ", ".join(f":{column}" for column in new)
        settings = ", ".join(f"{column} = excluded.{column}" for column in new)
        connection.execute(
            f"INSERT INTO {name} ({columns}) VALUES ({marks}) ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {settings}",
            dict(new),
        )
    elif values := [column for column in new if column not in keys]:
        settings = ", ".join(f"{column} = :{column}" for column in values)
        connection.execute(f"UPDATE {name} SET {settings} WHERE {where}", dict(new))


def _changes(connection: sqlite3.Connection, number: int) -> list[tuple[str, Row | None, Row | None]]:
    rows = connection.execute("SELECT tbl, before, after FROM changes WHERE edit = ? ORDER BY position", (number,))
    return [(name, _row(before), _row(after)) for name, before, after in rows]


def _row(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)


def _words(connection: sqlite3.Connection, number: int) -> str:
    return str(connection.execute("SELECT words FROM edits WHERE id = ?", (number,)).fetchone()[0])


def _patients(connection: sqlite3.Connection, changes: Iterable[tuple[str, Row | None, Row | None]]) -> frozenset[int]:
    found, scans = set[int](), set[int]()
    for name, *rows in changes:
        for row in filter(None, rows):
            if name == "patients":
                found.add(row["id"])
            elif "patient" in row:
                found.add(row["patient"])
            if name in ("scan_labels", "scan_files"):
                scans.add(row["scan"])
    for scan in scans:
        owner = connection.execute("SELECT patient FROM scans WHERE id = ?", (scan,)).fetchone()
        found |= set(owner or ())
    return frozenset(found)


def _triggers(name: str, keys: Sequence[str], values: Sequence[str], number: int) -> list[str]:
    whole = (*keys, *values, *(_WHOLE_SCAN if name == "scans" else ()))
    made = [
        _trigger(name, "insert", "INSERT", "NULL", _object("NEW", whole), number),
        *([] if name in _UNLESS else [_trigger(name, "delete", "DELETE", _object("OLD", whole), "NULL", number)]),
    ]
    if values:
        event, seen = f"UPDATE OF {', '.join(values)}", (*keys, *values)
        made.append(_trigger(name, "update", event, _object("OLD", seen), _object("NEW", seen), number))
    return made


def _trigger(name: str, short: str, event: str, before: str, after: str, number: int) -> str:
    position = f"(SELECT COALESCE(MAX(position), 0) + 1 FROM changes WHERE edit = {number})"
    return (
        f"CREATE TEMP TRIGGER journal_{name}_{short} AFTER {event} ON main.{name} {_UNLESS.get(name, '')} BEGIN"
        f" INSERT INTO changes VALUES ({number}, {position}, '{name}', {before}, {after}); END"
    )


def _object(side: str, columns: Sequence[str]) -> str:
    pairs = ", ".join(f"'{column}', {side}.{column}" for column in columns)
    return f"json_object({pairs})"
